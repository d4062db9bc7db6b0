"""The parts of a document, and what stands around it on the page.

addressees.py         主送机关
addressee_forms.py    what such a line is made of (data)
section_headings.py   一、二、三
annexes.py            附件 printed behind the signature
publication.py        time, 来源 and column
"""
