"""发文机关 in signatures, numbers and titles."""

import pytest

from shared.chinese.bodies import bodies_at, bodies_before, bodies_of_line, short_name, unlisted
from shared.chinese.characters import fold
from shared.chinese.lexicon import BODIES


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("中华人民共和国商务部", "商务部"),
        ("国家发展和改革委员会", "发展改革委"),
        ("国家发展改革委办公厅", "发展改革委办公厅"),
        ("商 务 部 办 公 厅", "商务部办公厅"),
        ("国家外汇管理局综合司", "外汇局综合司"),
        ("国家知识产权局办公室", "知识产权局办公室"),
        ("商务部配额许可证事务局", "商务部配额许可证事务局"),
        ("某某公司", None),
        ("商务部表示", None),
    ],
)
def test_short_name(printed: str, short: str | None) -> None:
    assert short_name(fold(printed)) == short


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("商务部", ["商务部"]),
        ("商务部　发展改革委", ["商务部", "发展改革委"]),
        ("商务部\t海关总署", ["商务部", "海关总署"]),
        ("商务部海关总署国家税务总局", ["商务部", "海关总署", "税务总局"]),
        ("商 务 部　财 政 部", ["商务部", "财政部"]),
        ("不可靠实体清单工作机制（商务部代章）", ["不可靠实体清单工作机制"]),
        ("不 可 靠 实 体 清 单 工 作 机 制", ["不可靠实体清单工作机制"]),
        ("国务院关税税则委员会办公室", ["税委会办公室"]),
        ("湖南省商务厅　湖南省财政厅", ["湖南省商务厅", "湖南省财政厅"]),
        ("商务部表示关切", None),
        ("各省、自治区、直辖市商务主管部门", None),
        ("附件：出口许可证管理货物目录", None),
        ("2022年12月8日", None),
        ("", None),
    ],
)
def test_bodies_of_line(line: str, names: list[str] | None) -> None:
    bodies = bodies_of_line(fold(line), 0, len(line))
    assert ([body.name for body in bodies] if bodies else None) == names


def test_spans_are_the_printed_names() -> None:
    line = "　　商 务 部　国家发展改革委"
    bodies = bodies_of_line(fold(line), 0, len(line))
    assert bodies is not None
    assert [line[body.start : body.end] for body in bodies] == ["商 务 部", "国家发展改革委"]


def test_bodies_before_a_number() -> None:
    text = "按照商务部、海关总署公告"
    assert [body.name for body in bodies_before(text, len(text) - 2)] == ["商务部", "海关总署"]
    assert bodies_before("通知公告", 2) == []


@pytest.mark.parametrize(
    ("before", "names"),
    [
        ("对商务部、国家国防科工委、海关总署", ["商务部", "国防科工委", "海关总署"]),
        ("商务部、国家某某委、海关总署", ["商务部", "国家某某委", "海关总署"]),
        ("按照国家某某局、海关总署", ["国家某某局", "海关总署"]),
        ("商务部、原外经贸部", ["商务部", "外经贸部"]),
        ("商务部、海关总署和国家某某总局", ["国家某某总局"]),
        ("各地商务主管部门、海关总署", ["海关总署"]),
        ("遵照执行、海关总署", ["海关总署"]),
        ("会同有关部门、海关总署", ["海关总署"]),
    ],
)
def test_bodies_that_no_table_lists_stand_among_others(before: str, names: list[str]) -> None:
    found = bodies_before(before, len(before), alone=True)
    assert [body.name for body in found][-len(names) :] == names
    assert len(found) >= len(names)
    if names[0] == "海关总署":
        assert len(found) == 1


def test_alone_an_unlisted_body_is_read_where_the_caller_asks() -> None:
    text = "根据国家某某总局公告"
    assert bodies_before(text, len(text) - 2) == []
    assert [body.name for body in bodies_before(text, len(text) - 2, alone=True)] == [
        "国家某某总局"
    ]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("商务部、国家某某委、海关总署关于某事的公告", ["商务部", "国家某某委", "海关总署"]),
        ("国家某某委 海关总署关于某事的公告", ["国家某某委", "海关总署"]),
        ("某某公司关于某事的说明", []),
        ("部署某项工作", []),
    ],
)
def test_bodies_that_a_title_opens_with(title: str, names: list[str]) -> None:
    assert [body.name for body in bodies_at(title, 0)] == names


def test_bodies_that_were_read_by_their_ending() -> None:
    names = ["商务部", "商务部某司", "湖南省商务厅", "某市商务局", "国家某某委", "商务部办公厅"]
    assert unlisted(names) == ["国家某某委"]


@pytest.mark.parametrize("short", sorted(set(BODIES.names.values())))
def test_short_names_are_their_own_short_names(short: str) -> None:
    assert short_name(short) == short
