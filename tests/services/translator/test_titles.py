"""Titles and standing sentences of every family of notices, in the form in which they are printed."""

from datetime import date
from functools import cache

import pytest

from services.translator.draft import draft, draft_title
from services.translator.engines.engine import Request
from services.translator.glossary import glossary
from services.translator.rules.fields import FieldSpan
from services.translator.rules.headline import headline
from services.translator.rules.lines import render
from services.translator.rules.titles import title as title_frame
from services.translator.rules.words import lowered
from tests.services.translator.corpus import TITLES
from tests.services.translator.fakes import Scripted, at_once, translator
from tests.services.translator.test_translate import notice

ON = date(2025, 11, 7)
GLOSSARY = glossary().on(ON)


def marked(line: str) -> str:
    rendered = render(line, GLOSSARY)
    if rendered.english is not None:
        return rendered.english
    return f"{rendered.before} ⟦{rendered.rest}⟧{rendered.after}".strip()


@cache
def whole(title: str) -> str:
    frame = title_frame(title, GLOSSARY)
    return (frame and frame.english) or "-"


@pytest.mark.parametrize(("title", "english"), TITLES)
def test_titles_of_many_bodies_are_whole_or_left(title: str, english: str) -> None:
    assert whole(title) == english


def test_most_of_those_titles_are_whole() -> None:
    assert sum(whole(title) != "-" for title, _ in TITLES) > 0.85 * len(TITLES)


@pytest.mark.parametrize(
    "title",
    [
        # A number list that goes on in words.
        "商务部公告2025年第70号 暂停商务部公告2025年第55号、第56号及附件第57号实施",
        "关于移动端建设的通知",
    ],
)
def test_no_title_is_half_chinese(title: str) -> None:
    frame = title_frame(title, GLOSSARY)
    assert frame is None or frame.english is None or frame.english.isascii()


@pytest.mark.parametrize(
    ("title", "english"),
    [
        (
            "商务部公告2018年第40号 关于原产于美国、欧盟和新加坡的进口卤化丁基橡胶反倾销调查最终裁定的公告",
            "Announcement No. 40 of 2018 of the Ministry of Commerce on the Final Ruling in the Anti-Dumping Investigation into Imports of Halogenated Butyl Rubber Originating in the United States, the European Union and Singapore",
        ),
        (
            "商务部公告2025年第44号 公布对原产于加拿大的进口油菜籽反倾销调查的初步裁定",
            "Announcement No. 44 of 2025 of the Ministry of Commerce on Publishing the Preliminary Ruling in the Anti-Dumping Investigation into Imports of Rapeseed Originating in Canada",
        ),
        (
            "商务部公告2020年第30号 关于对原产于美国的进口正丙醇进行反补贴立案调查的公告",
            "Announcement No. 30 of 2020 of the Ministry of Commerce on Initiating a Countervailing Investigation into Imports of n-Propanol Originating in the United States",
        ),
        (
            "关于终止对原产于日本的进口光纤预制棒反倾销措施的公告",
            "Announcement on Terminating the Anti-Dumping Measures on Imports of Optical Fiber Preforms Originating in Japan",
        ),
        (
            "关于对产自美国、台湾地区和日本的进口共聚聚甲醛征收临时反倾销税的公告",
            "Announcement on Levying Provisional Anti-Dumping Duties on Imports of Polyoxymethylene Copolymer Originating in the United States, the Taiwan Region and Japan",
        ),
        (
            "商务部 海关总署公告2025年第55号 公布对超硬材料相关物项实施出口管制的决定",
            "Announcement No. 55 of 2025 of the Ministry of Commerce and the General Administration of Customs on Publishing the Decision on Imposing Export Controls on Items Related to Superhard Materials",
        ),
        (
            "商务部公告2026年第34号 公布加强无人机相关两用物项对美国出口管制",
            "Announcement No. 34 of 2026 of the Ministry of Commerce on Strengthening Export Controls on Dual-Use Items Related to Unmanned Aerial Vehicles to the United States",
        ),
        (
            "商务部公告2025年第1号 公布将28家美国实体列入出口管制管控名单",
            "Announcement No. 1 of 2025 of the Ministry of Commerce on Adding 28 Entities of the United States to the Export Control List",
        ),
        (
            "不可靠实体清单工作机制关于将某公司移出不可靠实体清单的公告",
            "Announcement of the Unreliable Entity List Working Mechanism on Removing ⟦某公司⟧ from the Unreliable Entity List",
        ),
        (
            "中华人民共和国商务部令二〇二六年第3号 关于对美国合规性测试公司采取反制措施的决定",
            "Order No. 3 of 2026 of the Ministry of Commerce: Decision on Taking Countermeasures Against ⟦美国合规性测试公司⟧",
        ),
        (
            "商务部等8部门关于印发《促进智能家居消费行动方案》的通知",
            "Notice of 8 Departments Including the Ministry of Commerce on Issuing the Action Plan for Promoting Smart Home Consumption",
        ),
        (
            "商务部等9部门关于完善再生资源回收体系的意见（商流通发〔2024〕5号）",
            "Opinions of 9 Departments Including the Ministry of Commerce on Improving Renewable Resource Recycling Systems (Shang Liu Tong Fa [2024] No. 5)",
        ),
        (
            "商务部新闻发言人就镓、锗相关物项出口管制答记者问",
            "Spokesperson of the Ministry of Commerce Answers Reporters' Questions on Export Controls on Items Related to Gallium and Germanium",
        ),
        (
            "商务部召开例行新闻发布会（2019年3月28日）",
            "Ministry of Commerce Holds Regular Press Conference (March 28, 2019)",
        ),
        (
            "海关总署 商务部发布《关于加强管理的通知》",
            "The General Administration of Customs and the Ministry of Commerce Issue the Notice on Strengthening Administration",
        ),
        (
            "关于商务部公告2019年第18号的政策解读",
            "Policy Interpretation on Announcement No. 18 of 2019 of the Ministry of Commerce",
        ),
        (
            "湖南省商务厅关于开展促消费活动的通知",
            "Notice of the Department of Commerce of Hunan on Carrying Out Activities to Promote Consumption",
        ),
        (
            "商务部令2004年第27号 《货物进口许可证管理办法》",
            "Order No. 27 of 2004 of the Ministry of Commerce: Measures for the Administration of Import Licenses for Goods",
        ),
        (
            "不可靠实体清单工作机制关于对海岸间电子公司等7家美国企业采取不可靠实体清单措施的公告",
            "Announcement of the Unreliable Entity List Working Mechanism on Taking Unreliable Entity List Measures Against Seven Enterprises of the United States Including ⟦海岸间电子公司⟧",
        ),
        (
            "《工业和信息化部 商务部关于加快我国包装产业转型发展的指导意见》的解读",
            "Interpretation of the Guiding Opinions of the Ministry of Industry and Information Technology and the Ministry of Commerce on Accelerating the Transformation and Development of the Packaging Industry in China",
        ),
        ("关于加强管理做好某些工作的通知", "⟦关于加强管理做好某些工作的通知⟧"),
        ("公布2022年结果。", "⟦公布2022年结果。⟧"),
        ("外商投资安全审查办法", "⟦外商投资安全审查办法⟧"),
    ],
)  # fmt: skip
def test_titles(title: str, english: str) -> None:
    assert marked(title) == english


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("【发布日期】2018-8-10", "[Date of issue] August 10, 2018"),
        ("大豆", "Soybeans"),
        ("零售业", "Retail industry"),
        ("发布文号：商务部公告2025年第61号", "[Document number] Announcement No. 61 of 2025 of the Ministry of Commerce"),
        ("商建函﹝２０２４﹞０８６号", "Shang Jian Han [2024] No. 86"),
        ("附件2：商用密码清单.doc", "Annex 2: ⟦商用密码清单⟧.doc"),
        ("附件：出口管制管控名单（2025年1月2日）", "Annex: Export Control List (January 2, 2025)"),
        ("1.埃克森美孚公司 75.5%（Exxon Mobil Corporation）", "1. Exxon Mobil Corporation 75.5%"),
        ("一、通用动力陆地系统公司（General Dynamics Land Systems)", "I. General Dynamics Land Systems"),
        ("5.波音防务、空间与安全集团（Boeing Defense, Space & Security）", "5. Boeing Defense, Space & Security"),
        ("【发布文号】国务院令〔2024〕792号", "[Document number] Order [2024] No. 792 of the State Council"),
        ("不可靠实体清单工作机制公告〔2023〕1号", "Announcement [2023] No. 1 of the Unreliable Entity List Working Mechanism"),
        ("3.其他欧盟公司 71.9%（All Others）", "3. Other companies of the European Union 71.9% (All Others)"),
        ("2.其他美国公司 74.9%", "2. Other companies of the United States 74.9%"),
        ("欧盟公司：", "Companies of the European Union:"),
        ("某国公司：", "⟦某国公司：⟧"),
        ("商务部、海关总署公告2020年第63号同时废止。", "Announcement No. 63 of 2020 of the Ministry of Commerce and the General Administration of Customs is repealed at the same time."),
        ("现将有关事项公告如下：", "The relevant matters are hereby announced as follows:"),
        ("（2024年9月18日中华人民共和国外交部令第12号公布，自2024年9月19日起施行）", "(Promulgated by Order No. 12 of the Ministry of Foreign Affairs on September 18, 2024, effective as of September 19, 2024)"),
        ("联系电话：010-65197933", "Telephone: 010-65197933"),
        ("答：中方依法开展调查。", "Answer: ⟦中方依法开展调查。⟧"),
        ("1．2026年配额总量", "1. ⟦2026年配额总量⟧"),
        ("1.5吨以下", "⟦1.5吨以下⟧"),
        ("中华人民共和国主席　习近平", "President of the People's Republic of China: Xi Jinping"),
        ("商 务 部 部 长：王文涛", "Ministry of Commerce; Minister: Wang Wentao"),
        ("各省、自治区商务主管部门、发展改革委，各有关中央企业：", "Competent commerce authorities and development and reform commissions of provinces and autonomous regions; all centrally administered enterprises concerned:"),
    ],
)  # fmt: skip
def test_lines(line: str, english: str) -> None:
    drafted = draft(line, GLOSSARY).lines[0][0].frame
    said = drafted.english
    assert said == english or f"{drafted.before} ⟦{drafted.rest}⟧{drafted.after}".strip() == english


def test_sentences_that_are_formulas_are_rendered_beside_prose() -> None:
    drafted = draft("六、本公告自2025年11月8日起正式实施。各地要认真执行。", GLOSSARY)
    (cell,) = drafted.lines[0]
    assert [part.english for part in cell.parts] == [
        "This Announcement shall take effect on November 8, 2025.",
        None,
    ]
    assert [sentence.chinese for sentence in drafted.left()] == ["各地要认真执行。"]


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("Strengthening the controls", "strengthening the controls"),
        ("Halogenated", "halogenated"),
        ("Chinese companies", "Chinese companies"),
        ("Beijing's pilot areas", "Beijing's pilot areas"),
        ("Interim Measures for filing", "Interim Measures for filing"),
        ("ZQA and others", "ZQA and others"),
        ("A company", "a company"),
        ("A Plan for Growth", "A Plan for Growth"),
        ("", ""),
    ],
)
def test_the_middle_of_a_sentence(said: str, english: str) -> None:
    assert lowered(said, GLOSSARY) == english


async def test_the_product_as_an_engine_translates_it_is_part_of_the_title() -> None:
    def answer(one: Request) -> str:
        assert one.text == "某化丁基橡胶"
        return "Halogenated butyl rubber."

    title = (
        "商务部公告2018年第40号 关于原产于美国和新加坡的进口某化丁基橡胶反倾销调查最终裁定的公告"
    )
    translated = await translator(Scripted(answer))(
        notice("2018年8月10日", title=title, document_number="商务部公告2018年第40号", issuers=("商务部",)),
        date(2018, 8, 10),
        at_once,
    )  # fmt: skip
    about = "on the Final Ruling in the Anti-Dumping Investigation into Imports of Halogenated Butyl Rubber Originating in the United States and Singapore"
    assert translated.title.state == "done"
    assert (
        translated.title.text == f"Announcement No. 40 of 2018 of the Ministry of Commerce {about}"
    )
    assert translated.summary.text is not None
    assert translated.summary.text.startswith(
        f"On December 8, 2022, the Ministry of Commerce issued Announcement No. 40 of 2018 {about}."
    )


async def test_an_article_is_written_once() -> None:
    translated = await translator(Scripted(lambda _: "The Action Plan on Consumption"))(
        notice("2022年12月8日", title="商务部关于印发《某某行动方案》的通知"), ON, at_once
    )
    assert (
        translated.title.text
        == "Notice of the Ministry of Commerce on Issuing the Action Plan on Consumption"
    )


def test_words_that_hold_a_capital_stay_as_they_are() -> None:
    assert headline("reply on iPhone and mRNA vaccines") == "Reply on iPhone and mRNA Vaccines"


def test_inner_marks_without_outer_ones_are_title_marks() -> None:
    frame = title_frame("关于印发〈拍卖管理办法〉的通知", GLOSSARY)
    assert frame is not None
    assert frame.english == "Notice on Issuing the Measures for the Administration of Auctions"


def test_the_number_of_a_title_is_the_parser_s() -> None:
    printed = "公告2018年第68号 关于食糖保障措施的公告"
    read = FieldSpan("document_number", "商务部公告2018年第68号", 0, 11)
    whole, alone = draft_title(printed, GLOSSARY, (read,)), draft_title(printed, GLOSSARY)
    assert whole.assembled({}) == (
        "Announcement No. 68 of 2018 of the Ministry of Commerce on Safeguard Measures on Sugar"
    )
    assert alone.assembled({}) == "Announcement No. 68 of 2018 on Safeguard Measures on Sugar"
    # One that stands elsewhere is of another document.
    cited = draft_title("关于食糖保障措施的公告", GLOSSARY, (read._replace(start=2, end=11),))
    assert cited.assembled({}) == "Announcement on Safeguard Measures on Sugar"


async def test_whatever_renders_a_title_it_has_the_capitals_of_headlines() -> None:
    engine = Scripted(lambda request: "notice on the certain affairs of a company")
    title = "关于某公司某事宜的通知书"
    result = await translator(engine)(notice("某文", title=title), ON, at_once)
    assert result.title.text == "Notice on the Certain Affairs of a Company"
