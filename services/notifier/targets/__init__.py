"""Where messages go: webhooks, mail, and whatever Apprise knows."""
