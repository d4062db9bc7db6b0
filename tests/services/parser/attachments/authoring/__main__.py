"""`python -m tests.services.parser.attachments.authoring [NAME…]`: makes what is missing, or what is named."""

import json
import sys
from pathlib import Path

from tests.services.parser.attachments.authoring import documents, others, pdfs, workbooks

FOLDER = Path(__file__).parents[1] / "files"


def main(names: list[str]) -> None:
    cases = [*documents.cases(), *workbooks.cases(), *others.cases(), *pdfs.cases()]
    wanted = {case.name for case in cases}
    for left_over in FOLDER.iterdir():
        if left_over.name.removesuffix(".json") not in wanted:
            left_over.unlink()
    for case in cases:
        file = FOLDER / case.name
        if not file.exists() or case.name in names:
            file.write_bytes(case.make())
            print(file.name, file.stat().st_size)
        golden = json.dumps(case.expected(), ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{case.name}.json").write_text(golden, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
