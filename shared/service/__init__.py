"""Runs a consumer as a service: one asyncio program with health checks, metrics, orderly shutdown."""
