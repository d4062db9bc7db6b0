"""PDF: text and ruled tables, by where characters and lines stand on a page.

- `read.py`: from the file to blocks
- `page.py`: characters, ruled lines and pictures of a page, as PDFium has them
- `lines.py`: characters as lines of text, lines as paragraphs
- `ruled.py`: lines that cross as cells of a table
- `joined.py`: a table that goes on over pages, and a row that does
"""
