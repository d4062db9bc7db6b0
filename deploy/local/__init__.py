"""The pipeline on one machine without Docker: the servers that `mofcom up` starts."""
