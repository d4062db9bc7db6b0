"""Lists that stand in files: from the archive's bytes to rows, whichever comes first."""

from tests.pipeline.conftest import Database, Pipeline

SITE = "https://www.mofcom.gov.cn"
LISTING = f"{SITE}/zwgk/zcfb/art/2025/art_3f6b1c0d98e24a57b1f0c6a2d4e8b790.html"
LIST = "http://images.mofcom.gov.cn/aqygzj/202501/20250102093012456.doc"
CONTROL = f"{SITE}/zwgk/zcfb/art/2025/art_b7d20e5f6a914c8390aa5b1e7c3f2d64.html"


async def test_a_list_of_entities_in_a_doc_that_was_fetched_before_its_notice(
    pipeline: Pipeline, database: Database
) -> None:
    pipeline.add(LIST)
    await database.wait(
        "SELECT FROM captures WHERE kind = 'attachment' AND reading = 'read' AND url = $1", LIST
    )
    pipeline.add(LISTING)
    await database.wait(
        "SELECT FROM listed_entities_current WHERE document_number = '商务部公告2025年第1号' "
        "AND list = '出口管制管控名单' AND status = 'listed' HAVING count(*) = 12"
    )
    (file,) = await database.rows("SELECT * FROM attachments WHERE notice_key = '商务部2025-1'")
    assert (file["state"], file["kind"], file["url"]) == ("read", "doc", LIST)
    outcomes = await database.rows("SELECT state, kind FROM requests WHERE url = $1", LIST)
    assert {tuple(row) for row in outcomes} == {("done", "attachment")}
    (found,) = await database.rows("SELECT * FROM screen('Orlin Defense Systems')")
    assert (found["found"], found["source"], found["quote"]) == (
        True,
        "attachment",
        "Orlin Defense Systems Co., Ltd.",
    )


async def test_items_in_a_pdf_that_is_fetched_with_its_notice(
    pipeline: Pipeline, database: Database
) -> None:
    pipeline.add(CONTROL)
    rows = await database.wait(
        "SELECT * FROM regulated_items WHERE notice_key = '商务部2025-54' ORDER BY position, hs_code"
    )
    assert [row["hs_code"] for row in rows] == [
        "8703801090",
        "8702401000",
        "8702402000",
        "8704601000",
    ]
    assert {row["attachment_page"] for row in rows} == {1}
    assert [row["attachment_row"] for row in rows] == [2, 3, 3, 4]
    (notice,) = await database.rows("SELECT * FROM notices WHERE notice_key = '商务部2025-54'")
    assert (notice["attachment_doubts"], notice["items"]) == ([], 3)
