"""The page of the pipeline: what `mofcom status` and `mofcom check` know, and curves."""
