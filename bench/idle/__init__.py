"""What the running stack costs while nothing is asked of it: CPU, memory, wake-ups."""
