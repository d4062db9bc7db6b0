"""Whether a page can change what others have issued: whose words it prints, and where on the site.

Who may change whose documents is `shared.chinese.authority`; what only the database knows (the issuers
and the date of a document that is cited by its title) is asked there.
"""

from services.parser.document.authority_forms import ANSWERS, SOMEONE_ELSE
from services.parser.document.document import Document
from shared.chinese.bodies import bodies_at
from shared.notice import ACTS
from shared.site_sections import section_of

_MINISTRY = "商务部"
# Where whoever is not named is the ministry itself, or a body whose acts it prints.
_OF_ISSUERS = frozenset(
    {
        "policy",
        "law library",
        "department",
        "ministry",
        "news",
        "government",
        "mirror",
        "interpretation",
    }
)


def speakers(document: Document) -> tuple[str, ...]:
    """Whose words a page prints: the issuers of a notice; of an interview the bodies that its title
    says answer, the ministry where it names none. Empty where nobody is known.
    """
    if document.page_kind in ACTS:
        return document.issuers
    title = document.title.folded
    found = ANSWERS.search(title)
    bodies = bodies_at(found["who"] if found else title, 0)
    if bodies:
        return tuple(body.name for body in bodies)
    somebody = found["who"].strip() if found else SOMEONE_ELSE.match(title)
    return () if somebody else (_MINISTRY,)


def without_authority(document: Document) -> str | None:
    """Why a page changes no document, whichever it names; None where it may."""
    section = section_of(document.url)
    if not section.publishes_acts:
        return f"the page is of a section of the site that publishes no acts: {section.kind}"
    title = document.title.folded
    if document.page_kind not in ACTS:
        if _MINISTRY in speakers(document):
            return None
        return "it is not the ministry that answers"
    if document.issuers:
        return None
    if found := SOMEONE_ELSE.match(title):
        return f"its title names {found['who']}, which is no body that issues acts"
    if section.kind not in _OF_ISSUERS:
        return f"its issuer is not known, and it is of a section of others: {section.kind}"
    return None
