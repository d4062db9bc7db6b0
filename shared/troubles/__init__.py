"""What may be wrong with a pipeline: from facts to troubles with a code, a cause and a next step. Pure."""
