"""What attachments contain: bytes in, paragraphs and tables out.

- `read.py`: the one function for all kinds
- `kinds.py`: the kind of a file, by its bytes
- `limits.py`: what is too much, and the outcomes of a file that is not read
- `pdf/`: PDF
- `word/`: DOCX, DOC, WPS
- `sheets/`: XLSX, XLS, ET, ODS
- `ocr/`: scans and pictures, if that is asked for
- `archive.py`: ZIP
- `html.py`, `plain.py`: HTML under another name, plain text
- `texts.py`, `xml.py`: what several of them use

Nothing here knows Kafka, PostgreSQL or the web.
"""
