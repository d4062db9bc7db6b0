"""Text documents of Word and WPS.

- `docx.py`: DOCX, from its package to blocks
- `body.py`: paragraphs, tables, text boxes and notes of WordprocessingML
- `numbering.py`: the numbers that Word counts itself: 第一条, （一）, 1.
- `doc.py`: DOC and WPS, turned into DOCX first
- `pieces.py`: their text alone, read a second time to compare
"""
