"""Pages of the site in other languages than Chinese: translations and news for readers abroad.

They are read for what they are: their kind, their dates, and which Chinese document they translate
(``translation_of``). Nothing in them is an act, and no reader of Chinese is asked.

    language.py     which language
    kind.py         what kind of page
    dates.py        days and times in English
    translated.py   the number of the Chinese document
"""
