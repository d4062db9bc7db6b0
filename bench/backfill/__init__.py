"""A WARC of captures becomes rows: the pipeline beside the script that one would write instead."""
