"""Captures a second through everything, and what each process spends on one."""
