"""施行日期 as the document's own text states it."""

from datetime import date, datetime

import pytest

from services.parser.parse import parse
from shared.chinese.dates import BEIJING
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"


def read(*lines: str, head: tuple[str, ...] = (), title: str = "关于某事的公告") -> Notice:
    text = (*head, "现公告如下。", *lines, "商务部", "2020年12月19日")
    return parse(page_2026(title, paragraphs(text)), URL)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("本公告自2021年1月1日起执行。", date(2021, 1, 1)),
        ("本公告自公布之日起正式实施。", date(2020, 12, 19)),
        ("本办法自发布之日起施行，有效期五年。", date(2020, 12, 19)),
        ("本办法自公布之日起30日后施行。", date(2021, 1, 18)),
        ("本办法自公布之日起三十日后施行。", date(2021, 1, 18)),
        ("本公告即日起执行。", date(2020, 12, 19)),
        ("本公告公布之日起30日后施行。", date(2021, 1, 18)),
        (
            "自2021年1月5日起，进口收货人申报进口甲橡胶时，应当按照有关规定填报商品编号。",
            date(2021, 1, 5),
        ),
        ("商务部决定自2021年1月5日起进行反倾销立案调查。", date(2021, 1, 5)),
        ("自2021年1月5日起，对原产于甲国的进口纸发起反补贴调查。", date(2021, 1, 5)),
        ("本次调查自2021年1月5日起开始，通常应在2022年1月5日前结束。", date(2021, 1, 5)),
        ("对上述企业自2021年1月5日起暂停受理其出口配额申请。", date(2021, 1, 5)),
        ("优惠政策执行期限为2021年1月1日至2023年12月31日。", date(2021, 1, 1)),
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
        ("本公告有效期自2021年1月1日至2021年12月31日。", date(2021, 1, 1)),
        ("本通知执行期限为2021年1月1日至2023年12月31日。", date(2021, 1, 1)),
        ("本公告有效期三年，自2021年1月1日起至2023年12月31日止。", date(2021, 1, 1)),
        ("本通知执行期限为2019年1月1日至2023年12月31日。", date(2019, 1, 1)),
        ("上述批准证书有效期自2021年1月1日至2021年12月31日。", None),
        (
            "对进口牛肉采取保障措施。实施期限3年，自2021年1月1日起至2023年12月31日。",
            date(2021, 1, 1),
        ),
        ("本公告自2021年1月1日至2021年12月31日实施。", date(2021, 1, 1)),
        ("商务部公告2019年第46号第二款自即日起至2021年11月27日暂停实施。", date(2020, 12, 19)),
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


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("经国务院批准，自2021年3月20日起，对原产于甲国的部分进口商品加征关税。", "2021-03-20"),
        (
            "自2021年6月10日起，海关对申报进口原产于甲国的橡胶，继续按照海关总署公告2020年第17号的规定征收反倾销税。",
            "2021-06-10",
        ),
        (
            "国务院关税税则委员会决定，自2021年1月5日起，对进口甲醛征收反倾销税，期限5年。",
            "2021-01-05",
        ),
        ("一、自2021年1月5日起，禁止自甲国进口瓷土。", "2021-01-05"),
        ("自2021年1月5日起，将甲公司移出不可靠实体清单。", "2021-01-05"),
        ("自即日起，暂停进口乙国水产品。", "2020-12-19"),
        ("自本公告发布之日起，全面禁止对丙国出口锡矿。", "2020-12-19"),
        ("自2021年1月5日起至2021年6月30日，取消甲商品的出口退税。", "2021-01-05"),
        ("自2021年1月5日起，对原产于甲国的进口纸所适用的反倾销措施终止实施。", "2021-01-05"),
        ("自2021年1月5日起，进口经营者在进口时，应向海关提供相应的保证金。", "2021-01-05"),
        ("自2021年1月5日起，暂停实施商务部公告2019年第9号。", "2021-01-05"),
        ("自2021年1月5日起，继续对原产于甲国的进口纸实施反倾销措施。", "2021-01-05"),
        ("根据《关税法》，经批准，现决定自2021年1月5日起不再对附件商品加征关税。", "2021-01-05"),
        ("自2020年1月1日至2023年12月31日，对附件所列商品免征进口关税。", "2020-01-01"),
        ("自2021年1月5日起，采用保证金的形式实施临时反补贴措施。", "2021-01-05"),
        ("自2021年1月5日起，进口经营者进口甲公司的苯酚时，应缴纳相应的反倾销税。", "2021-01-05"),
        ("自2021年1月5日（含）起全面暂停进口原产地为甲国的水产品。", "2021-01-05"),
        # What somebody has to do, what would be done, what others do, what was done before.
        ("企业应当自2021年1月5日起停止使用旧版证书。", None),
        ("如未按期改正，自2021年1月5日起暂停其出口资格。", None),
        ("美国宣布，自2021年1月5日起，对我国商品加征关税。", None),
        ("若美方不撤回措施，将自2021年1月5日起对原产于美国的商品加征关税。", None),
        ("自2019年1月1日至2019年12月31日，对附件所列商品免征进口关税。", None),
        ("建议自2021年1月5日起对甲商品加征关税。", None),
        ("2020年3月1日，商务部发布公告，自2020年3月2日起，对进口甲醛征收反倾销税。", None),
        ("倾销调查期为自2021年1月1日起至2021年12月31日，对此征收进行调查。", None),
        ("自取得许可证之日起，暂停办理。", None),
        ("《某某条例》将自2021年5月1日起施行。", None),
        ("现公布《某某办法》。《某某办法》自2021年5月1日起施行。", "2021-05-01"),
        ("自2021年4月10日起，商务部公告2019年第17号停止执行。", None),
        ("自2021年4月10日起，企业应当通过系统报送进口数据。", None),
    ],
)
def test_the_day_from_which_the_document_has_something_done(sentence: str, day: str | None) -> None:
    notice = read(sentence)
    assert str(notice.effective_on or "") == (day or "")


def test_the_day_of_the_document_that_the_title_names() -> None:
    notice = read("《某某条例》自2021年5月1日起施行。", title="某某条例")
    assert notice.effective_on == date(2021, 5, 1)


def test_the_hour_of_an_act_and_the_words_that_say_so() -> None:
    notice = read("自2021年4月10日12时01分起，对原产于甲国的所有进口商品加征34%关税。")
    assert notice.effective_at == datetime(2021, 4, 10, 12, 1, tzinfo=BEIJING)
    words = [
        notice.body_text[one.start : one.end]
        for one in notice.evidence
        if one.field == "effective_on"
    ]
    assert words == ["自2021年4月10日12时01分起", "加征"]


def test_acts_of_several_days_are_doubt() -> None:
    notice = read(
        "自2021年1月5日起，对甲商品加征10%关税。", "自2021年2月5日起，对乙商品加征10%关税。"
    )
    assert notice.effective_on == date(2021, 1, 5)
    assert "effective_on: other parts from 2021-02-05" in notice.warnings


def test_of_the_days_of_parts_the_first_counts_wherever_it_stands() -> None:
    notice = read("本公告第一条自2021年3月1日起实施，其他条款自公布之日起实施。")
    assert notice.effective_on == date(2020, 12, 19)
    assert "effective_on: other parts from 2021-03-01" in notice.warnings


def test_the_documents_own_day_and_its_label_go_before_an_act() -> None:
    act = "自2021年2月5日起，对甲商品加征10%关税。"
    assert read(act, "本公告自2021年1月5日起执行。").effective_on == date(2021, 1, 5)
    label = "【发布文号】公告2020年第60号【实施日期】2021-01-20"
    assert read(act, head=(label,)).effective_on == date(2021, 1, 20)


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
