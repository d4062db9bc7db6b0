"""Scans and pictures to pages of characters and ruled lines, which are then read as those of PDF files are.

- `read.py`: image files to blocks
- `recognise.py`: the characters of a picture, by RapidOCR (extra `ocr`)
- `rules.py`: its ruled lines, and how far it leans
- `pictures.py`: pages of PDF files and image files as pictures

Off unless asked for (`MOFCOM_PARSE_OCR`, `mofcom parse --ocr`): recognised names are wrong too often, with a confidence of 0.9.
"""
