"""What kind of page an English page is (data and the look-up)."""

from typing import cast

from services.parser.document.document import Document, Reading
from shared.chinese.form import Form, Forms
from shared.chinese.numbers_in_english import NUMBERS
from shared.notice import PageKind
from shared.site_sections import section_of

# By the title, in lower case; of several that fit the upper one counts.
TITLES = Forms(
    Form("news", r"\b(?:press conference|press briefing)\b", yes=("regular press conference",)),
    Form(
        "interview",
        r"\b(?:answers?|answered|answering|responds? to|replies to)\b.{0,80}\b(?:questions?|inquir\w+|quer\w+|media"
        r"|reporters?|journalists?)\b|\bq\s?&\s?a\b|\bquestions? and answers?\b|\binterview(?:s|ed)?\b",
        yes=("mofcom spokesperson answers media questions on entity list", "q&a on export control"),
        no=("the minister answers the call of reform",),
    ),
    Form("interpretation", r"\b(?:interpretation|explanation)s? (?:of|on)\b|\bexplained\b",
         yes=("interpretation of the measures",)),
    Form(
        "notice",
        r"^(?:(?:mofcom|ministry of commerce)\b.{0,60}?)?(?:public )?(?:announcement|notice|notification|circular"
        r"|order|decree|decision|opinions|measures|provisions|rules|catalogue|guidelines)\b(?! (?:meeting|taken))"
        r"|\b(?:announcement|notice|circular|order|decree)s? (?:no\.?\s*\d|\[?\d{4})",
        yes=("announcement of the ministry of commerce no. 61 of 2025", "mofcom order no.4 of 2020",
             "provisions on the unreliable entity list"),
        no=("minister meets guests",),
    ),
    Form(
        "law",
        r"^(?:the )?(?:[\w,'\(\) -]{3,80} )?law of the people's republic of china(?: ?[\(（].*)?$"
        r"|^regulations? (?:of the people's republic of china )?(?:on|for|concerning)\b",
        yes=("export control law of the people's republic of china (2020)",
             "regulations of the people's republic of china on anti-dumping"),
        no=("seminar on the law of the people's republic of china held",),
    ),
)  # fmt: skip
QUESTIONS = Forms(
    Form(
        "interview", r"\s*(?:q|question|reporter|journalist)\s*(?:\d+\s*)?[:：]", yes=("q: what",)
    ),
    anchored=True,
)
PATHS = Forms(
    Form(
        "notice",
        "/(?:policyrelease|policies|announcement|announcementsorders|generalpolicies)/",
        yes=("/article/policyrelease/announcement/202001/20200102931416.shtml",),
        no=("/article/newsrelease/significantnews/202011/20201103012533.shtml",),
    ),
)


def read(document: Document) -> Reading[PageKind]:
    """The kind of a page in another language: that of its markup, else by its title, questions and
    path; news where none of them says.
    """
    return Reading(document.page.kind or _kind(document))


def _kind(document: Document) -> PageKind:
    if section_of(document.url).kind == "board":
        return "news"
    title = document.title.raw.lower().replace("’", "'").strip()
    named = next(TITLES.ranked(title), None)
    if named is not None and named.name != "notice":
        return cast(PageKind, named.name)
    if any(QUESTIONS.match(line.raw.lower()) for line in document.body.lines[:3]):
        return "interview"
    says_notice = named or NUMBERS.match(document.title.raw) or PATHS.search(document.url.lower())
    return "notice" if says_notice else "news"
