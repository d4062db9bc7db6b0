"""`mofcom release`: all that the database says as a folder that others can check and cite."""
