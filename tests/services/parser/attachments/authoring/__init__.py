"""Makes the files of `tests/services/parser/attachments/files`, with programs that do not read them here.

    pip install -e '.[authoring]'; apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-droid-fallback
    python -m tests.services.parser.attachments.authoring

LibreOffice writes other bytes each time: only files that are missing are made. What each must read as is said
beside how it is made, in rows of texts, and is written to the JSON file beside it.
"""
