"""`mofcom ask`, `mofcom screen` and `mofcom receipt`: answers of the database, with what they rest on."""
