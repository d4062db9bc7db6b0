"""What makes a consumer a service: one asyncio program with its health, its metrics, its end."""
