"""How the pipeline is set up and run: containers, the schema, the servers of `mofcom up`."""
