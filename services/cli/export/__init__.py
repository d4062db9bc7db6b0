"""`mofcom export`: writes a view to a file for other programs, or the stored captures as WARC."""
