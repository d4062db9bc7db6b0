"""`mofcom reparse`: everything again from the stored bytes, with the present parser, in place."""
