"""The questions: how well names are screened, and how long answers take over a million notices."""
