"""施行日期 as the document's own text states it."""

from datetime import date, datetime

import pytest

from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"


def read(*lines: str, head: tuple[str, ...] = ()) -> Notice:
    text = (*head, "现公告如下。", *lines, "商务部", "2020年12月19日")
    return parse(page_2026("关于某事的公告", paragraphs(text)), URL)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("本公告自2021年1月1日起执行。", date(2021, 1, 1)),
        ("本公告自公布之日起正式实施。", date(2020, 12, 19)),
        ("本办法自发布之日起施行，有效期五年。", date(2020, 12, 19)),
        ("本办法自公布之日起30日后施行。", date(2021, 1, 18)),
        ("本办法自公布之日起三十日后施行。", date(2021, 1, 18)),
        ("本公告即日起执行。", date(2020, 12, 19)),
        ("本公告于2021年1月1日起正式生效。", date(2021, 1, 1)),
        ("本规定从2021年1月1日起施行。", date(2021, 1, 1)),
        ("本公告2021年1月1日起施行。", date(2021, 1, 1)),
        ("本办法自2021年1月1日施行。", date(2021, 1, 1)),
        ("本办法自2021年6月1日开始施行。", date(2021, 6, 1)),
        ("本通知自2021年1月1日起试行。", date(2021, 1, 1)),
        ("本公告自公布之日起满30日施行。", date(2021, 1, 18)),
        ("本公告自发布之日起1个月后施行。", date(2021, 1, 19)),
        ("本公告自公布次日起施行。", date(2020, 12, 20)),
        ("自本公告发布之日起施行。", date(2020, 12, 19)),
        ("甲公司自2010年1月1日起执行新标准。", None),
        ("现公布目录，自2021年1月1日起执行。", date(2021, 1, 1)),
        ("本通知自即日起施行。", date(2020, 12, 19)),
        ("请自2021年1月1日起报送材料。", None),
        ("自2020年5月1日起施行的办法另行处理。", None),
        ("第二条继续停止施行，其他条款自2021年2月1日起恢复施行。", None),
        ("原公告自2021年2月1日起停止执行。", None),
        ("商务部公告2020年第46号自2021年2月1日起执行。", None),
        ("现公布《某办法》（商务部令2020年第4号），自2021年2月1日起施行。", date(2021, 2, 1)),
    ],
)
def test_effective_on(sentence: str, day: date | None) -> None:
    notice = read(sentence)
    assert notice.effective_on == day
    assert notice.effective_at is None


def test_a_day_without_its_year() -> None:
    notice = read("本公告自12月26日起实施。")
    assert notice.effective_on == date(2020, 12, 26)
    assert "effective_on: the year is not printed" in notice.warnings


def test_parts_that_enter_into_force_later_are_doubt() -> None:
    notice = read("本公告第一条自公布之日起实施，第二条自2021年3月1日起实施。")
    assert notice.effective_on == date(2020, 12, 19)
    assert "effective_on: other parts from 2021-03-01" in notice.warnings


@pytest.mark.parametrize("hour", ["12时01分", "北京时间12时01分"])
def test_hour(hour: str) -> None:
    notice = read(f"本公告自2025年4月10日{hour}起实施。")
    assert notice.effective_on == date(2025, 4, 10)
    assert notice.effective_at == datetime(2025, 4, 10, 12, 1, tzinfo=BEIJING)


def test_the_documents_own_sentence_goes_before_one_on_a_measure() -> None:
    notice = read("自2019年5月1日起实施反倾销措施，为期5年。", "本公告自2021年1月1日起执行。")
    assert notice.effective_on == date(2021, 1, 1)


def test_label_when_the_text_states_none() -> None:
    label = "【发布文号】公告2020年第60号【发布日期】2020-12-19【实施日期】2020-12-20"
    assert read(head=(label,)).effective_on == date(2020, 12, 20)
