"""What the readers share that knows of documents and pages.

spans.py   spans, trimmed and quoted
grid.py    tables with their row and column spans resolved
names.py   persons and companies: 通用动力公司（General Dynamics）
"""
