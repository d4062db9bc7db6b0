"""`mofcom export`: writes a view or an answer to a file for other programs, or the captures as WARC."""
