"""The writer of each format, with the libraries that only it needs."""

from shared.tables.errors import FormatMissing
from shared.tables.plain_text import write_csv, write_jsonl
from shared.tables.values import Writer


def writer(file_format: str) -> Writer:
    """The writer of jsonl, csv, xlsx, parquet or ftm. Raises FormatMissing."""
    try:
        match file_format:
            case "xlsx":
                from shared.tables.excel import write_xlsx

                return write_xlsx
            case "parquet":
                from services.cli.export.parquet import write_parquet

                return write_parquet
            case "ftm":
                from services.cli.export.ftm import write_ftm

                return write_ftm
    except ModuleNotFoundError as error:
        raise FormatMissing(
            f"{file_format} needs {error.name}: "
            f"pip install 'mofcom-notices[{'ftm' if file_format == 'ftm' else 'client'}]'"
        ) from error
    return write_csv if file_format == "csv" else write_jsonl
