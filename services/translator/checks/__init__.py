"""Whether an English sentence says what the Chinese one says, as far as a machine can tell."""
