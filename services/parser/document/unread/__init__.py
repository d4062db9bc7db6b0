"""What stands in a text and was read for no field: no number, date, code, name or verb goes unread in
silence.
"""
