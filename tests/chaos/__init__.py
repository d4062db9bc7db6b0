"""Delivery under fire: the kill suite in short, the crash matrix row by row, hostile input."""
