"""Who is told: webhooks, mail, and whatever Apprise knows."""
