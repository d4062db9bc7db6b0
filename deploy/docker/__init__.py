"""What runs only in containers."""
