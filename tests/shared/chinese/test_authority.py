"""Who may change whose documents."""

import pytest

from shared.chinese.authority import changeable_by, issuer_of_code, issuer_of_title, may_change
from shared.chinese.lexicon import ABOVE, BODIES, CODES, FOLLOWED_BY


@pytest.mark.parametrize(
    ("changing", "changed"),
    [
        ("商务部", "商务部"),
        ("国务院", "商务部"),
        ("国务院办公厅", "海关总署"),
        ("全国人大", "国务院"),
        ("全国人大常委会", "商务部"),
        ("国家主席", "国务院"),
        ("商务部", "外经贸部"),
        ("商务部", "国家经贸委"),
        ("商务部", "国内贸易部"),
        ("商务部", "对外经济贸易部"),
        ("商务部", "商务部办公厅"),
        ("商务部", "商务部外贸司"),
        ("商务部办公厅", "外经贸部办公厅"),
        ("商务部", "不可靠实体清单工作机制"),
        ("海关总署", "质检总局"),
        ("金融监管总局", "银监会"),
        ("工业和信息化部", "国防科工委"),
    ],
)
def test_a_body_may_change(changing: str, changed: str) -> None:
    assert changing in may_change(changed)


@pytest.mark.parametrize(
    ("changing", "changed"),
    [
        ("商务部", "国务院"),
        ("商务部", "国务院办公厅"),
        ("国务院", "全国人大常委会"),
        ("海关总署", "商务部"),
        ("商务部办公厅", "商务部"),
        ("商务部外贸司", "商务部"),
        ("外经贸部", "商务部"),
        ("甲县商务局", "商务部"),
        ("美国商务部", "商务部"),
        ("上海市商务委员会", "商务部"),
    ],
)
def test_a_body_may_not_change(changing: str, changed: str) -> None:
    assert changing not in may_change(changed)


def test_of_joint_issuers_each_may_change_the_document() -> None:
    assert {"商务部", "海关总署", "国务院"} <= set(changeable_by(("商务部", "海关总署")))
    assert changeable_by(()) == ()


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("商办建函", "商务部办公厅"),
        ("商建函", "商务部"),
        ("国办发", "国务院办公厅"),
        ("财关税", "财政部"),
        ("商标", None),
        ("沪商财", None),
    ],
)
def test_a_code_is_a_bodys(code: str, body: str | None) -> None:
    assert issuer_of_code(code) == body


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("中华人民共和国对外贸易法", "全国人大常委会"),
        ("中华人民共和国海关法", "全国人大常委会"),
        ("对外贸易法", "全国人大常委会"),
        ("中华人民共和国反倾销条例", "国务院"),
        ("中华人民共和国海关进出口货物商品归类管理办法", None),
        ("两用物项出口管制条例", None),
    ],
)
def test_a_title_is_a_bodys(title: str, body: str | None) -> None:
    assert issuer_of_title(title) == body


def test_every_body_of_the_table_is_in_the_lexicon() -> None:
    names = {entry.name for entry in BODIES.entries}
    named = {*ABOVE, *FOLLOWED_BY}
    for several in (*ABOVE.values(), *FOLLOWED_BY.values()):
        named |= set(several)
    assert named - names == set()
    offices = {body.removesuffix("办公厅") for body in CODES.values()} - {"", "国务院", "中共中央"}
    assert offices - names == set()
