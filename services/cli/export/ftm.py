"""FollowTheMoney: the lists as entities and sanctions, one JSON object a line, as OpenSanctions publishes its data.

Needs the library `followthemoney` (extra `ftm`), which normalises and checks every value.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from followthemoney import EntityProxy, model

from shared.chinese import lexicon
from shared.chinese.characters import HAN
from shared.chinese.lexicon.entry import read_rows
from shared.tables.errors import NotThisFormat
from shared.tables.values import Rows, Table

# The ids that OpenSanctions has of China's programs (its folder programs: CN_UEL.yml, CN_CML.yml); it has none of the lists
# of the Export Control Law. Topics are FollowTheMoney's.
_PROGRAMS = {"不可靠实体清单": "CN-UEL", "反制清单": "CN-CML"}
_TOPICS = {
    "不可靠实体清单": "sanction.counter",
    "反制清单": "sanction.counter",
    "出口管制管控名单": "export.control",
    "关注名单": "export.risk",
}
_SCHEMAS = {"person": "Person", "organisation": "Organization"}
_NEEDED = (
    "list_zh", "list_en", "status", "name_zh", "name_latin", "kind", "address", "country", "since",
    "changed_on", "measures", "notice_key", "document_number", "quote", "archived_url",
)  # fmt: skip
_NO_KEY = re.compile(rf"[^a-z0-9{HAN}]+")


async def write_ftm(path: Path, table: Table, rows: Rows) -> Sequence[str]:
    """An entity for each name, whichever lists it is on, then a Sanction for each entry of a list.

    Raises NotThisFormat for anything but the rows of `listed`.
    """
    names = [column.name for column in table.columns]
    if missing := set(_NEEDED) - set(names):
        raise NotThisFormat(
            "ftm is of lists: mofcom export listed removed=true --format ftm"
            + (
                f" (without --columns: {', '.join(sorted(missing))} are needed)"
                if "list_zh" in names
                else ""
            )
        )
    entities: dict[str, EntityProxy] = {}
    with path.open("w", encoding="utf-8") as file:
        sanctions: list[EntityProxy] = []
        async for some in rows:
            for values in some:
                row = dict(zip(names, values, strict=True))
                entity = _entity(row)
                known = entities.setdefault(str(entity.id), entity)
                if known is not entity:
                    known.merge(entity)
                sanctions.append(_sanction(row, str(entity.id)))
        for one in (*entities.values(), *sanctions):
            file.write(json.dumps(one.to_dict(), ensure_ascii=False, sort_keys=True) + "\n")
    return []


def _entity(row: Mapping[str, Any]) -> EntityProxy:
    entity = model.make_entity(_SCHEMAS.get(row["kind"] or "", "LegalEntity"))
    latin, zh = row["name_latin"], row["name_zh"]
    entity.id = "mofcom-" + _digest(_NO_KEY.sub("", (latin or zh).lower()))
    entity.add("name", latin or zh)
    if latin:
        entity.add("alias", zh)
    entity.add("country", _codes().get(row["country"] or ""))
    entity.add("address", row["address"])
    if row["status"] != "removed":
        entity.add("topics", _TOPICS.get(row["list_zh"]))
    return entity


def _sanction(row: Mapping[str, Any], entity_id: str) -> EntityProxy:
    sanction = model.make_entity("Sanction")
    sanction.id = "mofcom-" + _digest(entity_id, row["list_zh"], row["notice_key"])
    for name, value in {
        "entity": entity_id,
        "country": "cn",
        "program": row["list_en"] or row["list_zh"],
        "programId": _PROGRAMS.get(row["list_zh"]),
        "status": row["status"],
        "authorityId": row["document_number"],
        "startDate": row["since"],
        "endDate": row["changed_on"] if row["status"] == "removed" else None,
        "provisions": row["measures"],
        "summary": row["quote"],
        "sourceUrl": row["archived_url"],
    }.items():
        sanction.add(name, value)
    return sanction


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """ISO 3166 codes by the full Chinese name of a country."""
    rows = read_rows(files(lexicon) / "places.tsv")
    return {row["name"]: row["code"].lower() for row in rows if row["code"]}
