"""From when it holds, and by when something is due.

effect.py    施行日期
deadlines/   what is due, and by when
"""
