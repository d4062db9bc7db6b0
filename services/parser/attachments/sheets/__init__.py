"""Workbooks: each sheet's rows as tables, every cell as it is shown.

- `shown.py`: a number under its format, as the sheet shows it: 0106, 25%
- `dates.py`: days that are numbers
- `sheet.py`: a sheet as it is read from any kind of workbook, and how it becomes tables and paragraphs
- `xlsx.py`, `xls.py`, `ods.py`: the kinds
"""
