"""The translator: parsed notices into English, by rules first, by an engine where rules end."""
