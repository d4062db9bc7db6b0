"""What is due, and by when: `read.py` brings the parts together.

forms.py    the forms in which a limit is printed (data)
limits.py   which day a limit means
due.py      what is due by then
"""
