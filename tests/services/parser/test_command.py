"""`mofcom parse` prints what goes to Kafka."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.main import app
from services.parser.parse import parse
from testing.markup import page_2018, paragraphs
from tests.services.parser.attachments.authoring.wordprocessing import document, paragraph, table

URL = "http://www.mofcom.gov.cn/article/b/c/201806/20180602755321.shtml"
PAGE = page_2018(
    "商务部公告2018年第47号 关于某事的公告", paragraphs(["公告如下。", "商务部", "2018年6月8日"])
)

LISTING = [
    "为维护国家安全和利益，决定将附件所列1家美国实体列入出口管制管控名单。",
    "本公告自公布之日起实施。",
    "附件：管控名单",
    "商务部",
    "2018年6月8日",
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    return file


def test_it_prints_the_notice_as_json(page: Path) -> None:
    result = CliRunner().invoke(app, ["parse", str(page), "--url", URL])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == parse(PAGE, URL).model_dump(mode="json")


def test_a_timestamp_casts_doubt_on_later_dates(page: Path) -> None:
    command = ["parse", str(page), "--url", URL, "--timestamp", "20170101000000"]
    result = CliRunner().invoke(app, command)
    assert "issued_on: later than the capture of 20170101000000" in result.stdout


def test_a_page_that_is_refused_says_why(page: Path) -> None:
    page.write_bytes(b"<div>" * 1_001)
    result = CliRunner().invoke(app, ["parse", str(page), "--url", URL])
    assert result.exit_code != 0
    assert "elements open at once" in result.output


@pytest.mark.parametrize(
    ("file", "url", "why"),
    [
        ("/", URL, "is a folder"),
        ("/nowhere/a.html", URL, "cannot be read"),
        ("/dev/zero", URL, "over 5000000"),
        ("PAGE", "http://[", "original address"),
        ("PAGE", "http://a:b/", "original address"),
        ("PAGE", "http://", "original address"),
        ("PAGE", "/a.html", "original address"),
        ("PAGE", "file:///etc/passwd", "original address"),
    ],
)
def test_what_is_no_page_or_no_address_is_one_line(
    page: Path, file: str, url: str, why: str
) -> None:
    command = ["parse", str(page) if file == "PAGE" else file, "--url", url]
    result = CliRunner().invoke(app, command)
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)
    assert why in " ".join(result.output.split())


def test_it_prints_what_an_attachment_contains(tmp_path: Path) -> None:
    file = tmp_path / "1.pdf"
    file.write_bytes(
        document(paragraph("附件1"), table([["序号", "名称"], ["1", "镓"]], (900, 900)))
    )
    result = CliRunner().invoke(app, ["parse", str(file)])
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert (content["kind"], content["state"]) == ("docx", "read")
    assert content["blocks"][0] == {"type": "paragraph", "text": "附件1"}
    assert [cell["text"] for cell in content["blocks"][1]["rows"][1]] == ["1", "镓"]


def test_an_attachment_that_is_not_read_says_why(tmp_path: Path) -> None:
    file = tmp_path / "1.doc"
    file.write_bytes(b"Rar!\x1a\x07\x00")
    result = CliRunner().invoke(app, ["parse", str(file)])
    assert json.loads(result.stdout)["reason"] == "no reader for rar"


def test_a_page_needs_its_address(page: Path) -> None:
    result = CliRunner().invoke(app, ["parse", str(page)])
    assert result.exit_code == 1
    assert "--url" in result.output


def test_a_page_is_read_with_its_attachments(page: Path, tmp_path: Path) -> None:
    page.write_bytes(page_2018("公布将1家美国实体列入出口管制管控名单", paragraphs(LISTING)))
    file = tmp_path / "1.docx"
    file.write_bytes(
        document(paragraph("附件"), table([["序号", "实体名称"], ["1", "甲公司"]], (900, 900)))
    )
    command = ["parse", str(page), "--url", URL, "--attachment", str(file)]
    read = json.loads(CliRunner().invoke(app, command).stdout)
    assert [one["name_zh"] for one in read["listed_entities"]] == ["甲公司"]
    assert read["attachments_read"] == [{"file": "1.docx", "kind": "docx", "state": "read"}]
    (where,) = (
        one
        for one in read["evidence_in_attachments"]
        if one["field"] == "listed_entities[0].name_zh"
    )
    assert (where["attachment"], where["row"], where["quote"]) == ("1.docx", 1, "甲公司")


def test_an_attachment_needs_its_page(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["parse", "a.doc", "--attachment", "b.doc"])
    assert result.exit_code == 1
    assert "--url" in result.output
