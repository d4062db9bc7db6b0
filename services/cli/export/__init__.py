"""`mofcom export`: a view as a file that other programs open, or the held captures as WARC."""
