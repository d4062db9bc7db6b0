"""有效期: the last day on which a document is in force, as its own text states it."""

import pytest

from services.parser.parse import parse
from shared.notice import Notice
from testing.markup import page_2026, paragraphs

URL = "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/art_b5159a773124428a9813884015d1b8b3.html"


def read(*lines: str, title: str = "关于某事的公告") -> Notice:
    text = ("现公告如下。", *lines, "商务部", "2020年12月19日")
    return parse(page_2026(title, paragraphs(text)), URL)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("本公告自2021年1月1日起施行，有效期至2025年12月31日。", "2025-12-31"),
        ("本办法自发布之日起施行，有效期五年。", "2025-12-18"),
        ("本通知自2021年1月1日起施行，有效期为3年。", "2023-12-31"),
        ("本办法自2021年2月1日起试行，试行期一年。", "2022-01-31"),
        ("本办法自2021年1月1日起试行两年。", "2022-12-31"),
        ("本公告执行至2023年12月31日。", "2023-12-31"),
        ("本公告有效期1年，自2021年7月1日起计算。", "2022-06-30"),
        ("上述政策执行期限为2021年1月1日至2023年12月31日。", "2023-12-31"),
        ("本公告自2021年1月1日起至2022年12月31日止执行。", "2022-12-31"),
        ("本办法自2021年1月1日起施行，2026年1月1日起自动失效。", "2025-12-31"),
        ("本规定自2021年1月1日起施行，至2025年12月31日废止。", "2025-12-31"),
        ("自2021年1月5日起，对原产于甲国的进口纸征收反倾销税，实施期限为5年。", "2026-01-04"),
        (
            "自2021年1月5日起，对原产于甲国的进口纸征收反倾销税，实施期限自2021年1月5日起5年。",
            "2026-01-04",
        ),
        ("自2021年1月5日至2021年12月31日，对附件所列商品免征关税。", "2021-12-31"),
        ("自2021年1月5日起至2021年6月30日，暂停进口甲国水产品。", "2021-06-30"),
        ("自2021年1月1日至12月31日，对附件所列商品继续不加征关税。", "2021-12-31"),
        ("本公告自2021年1月1日起实施，有效期为一年，到期自动终止。", "2021-12-31"),
        (
            "商务部公告2019年第9号（关于某事的公告）第二款自即日起至2021年11月27日暂停实施。",
            "2021-11-27",
        ),
        (
            "本公告自2021年1月1日起施行。自2021年3月1日起，对进口甲醛征收反倾销税，期限5年。",
            "2026-02-28",
        ),
        ("本通知自2021年1月1日起施行，有效期3年，期满可延长。", "2023-12-31"),
        ("本通知自印发之日起施行，有效期2年，到期后可视情延长。", "2022-12-18"),
        ("本公告有效期自2021年1月1日至2021年12月31日。", "2021-12-31"),
        # Terms of other things.
        ("本公告自2021年1月1日起施行。许可证件有效期3年，期满可延长。", None),
        ("《某证书》有效期3年，期满可申请延期。", None),
        ("本公告自2021年1月1日起施行，2019年第9号公告有效期延长至2022年12月31日。", None),
        ("企业应自2021年1月1日至2021年12月31日停止使用旧版证书。", None),
        ("第三条执行至2021年12月31日。", None),
        ("本公告自2021年1月1日起施行。进口许可证有效期至2021年12月31日。", None),
        ("本公告自2021年1月1日起施行，许可证有效期为6个月。", None),
        ("商务部公告2019年第9号有效期延长至2022年12月31日。", None),
        (
            "2017年9月5日，商务部发布2017年第51号公告，决定对原产于泰国的进口双酚A征收反倾销税，实施期限为5年。",
            None,
        ),
        ("延长对进口碧根果的反倾销调查期限至2021年9月25日。", None),
        ("临时反倾销措施的实施期限不超过4个月。", None),
        ("本次公示期限为2021年1月1日至2021年1月7日。", None),
        (
            "倾销调查期为2019年1月1日至2019年12月31日，产业损害调查期为2016年1月1日至2019年12月31日。",
            None,
        ),
        ("申请人应当提交有效期至2022年12月31日的营业执照。", None),
        ("如未延期，本办法有效期至2022年12月31日。", None),
        ("企业应当自2021年1月1日至2021年12月31日报送材料。", None),
        ("本公告自2021年1月1日起施行，第三条执行至2021年12月31日。", None),
        ("如果协议未签署，本办法有效期至2022年12月31日。", None),
        (
            "商务部于2019年9月5日作出终裁。对进口双酚A的反倾销税实施期限自2019年9月6日起5年。",
            None,
        ),
        ("2020年3月1日，商务部决定，自2020年3月2日至2022年3月1日，对甲商品免征关税。", None),
    ],
)
def test_last_day(sentence: str, day: str | None) -> None:
    notice = read(sentence)
    assert str(notice.last_day or "") == (day or "")


def test_a_quota_is_in_force_for_its_year() -> None:
    title = "商务部公告2020年第60号 公布2021年粮食进口关税配额申请和分配细则"
    notice = read("本公告自公布之日起执行。", title=title)
    assert str(notice.last_day) == "2021-12-31"
    (words,) = [one for one in notice.evidence if one.field == "last_day"]
    assert (words.source, title[words.start : words.end]) == (
        "title",
        "2021年粮食进口关税配额",
    )


def test_parts_that_end_earlier_are_doubt() -> None:
    notice = read(
        "上述措施甲执行至2021年12月31日。",
        "上述措施乙执行至2022年12月31日。",
    )
    assert str(notice.last_day) == "2022-12-31"
    assert "last_day: parts end on 2021-12-31" in notice.warnings


def test_a_period_whose_start_is_not_known_is_doubt() -> None:
    notice = read("本办法有效期三年。")
    assert notice.last_day is None
    assert "last_day: the day that 有效期三年 counts from is not known" in notice.warnings


def test_the_words_that_say_so() -> None:
    notice = read("本公告自2021年1月1日起施行，有效期至2025年12月31日。")
    (words,) = [one for one in notice.evidence if one.field == "last_day"]
    assert notice.body_text[words.start : words.end] == "有效期至2025年12月31日"
