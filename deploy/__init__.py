"""How the pipeline is set up and run: containers, migrations, the servers of `mofcom up`."""
