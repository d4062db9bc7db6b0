"""The version of the software, as events and dead letters carry it."""

__version__ = "0.1.0"
