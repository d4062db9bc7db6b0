"""The first bytes of files: of those that are served at the address of a page, and of attachments."""

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
# Office files of 1997, encrypted newer ones.
OLE = b"\xd0\xcf\x11\xe0"
RTF = b"{\\rtf"
RAR = b"Rar!\x1a\x07"
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
PNG = b"\x89PNG\r\n"
GIF = b"GIF8"
JPEG = b"\xff\xd8\xff"
