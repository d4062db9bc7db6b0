"""From when until when it holds, and by when something is due.

effect.py        施行日期
effect_forms.py  the words that state it (data)
end.py           有效期
end_forms.py     the words that state it (data)
deadlines/       what is due, and by when
"""
