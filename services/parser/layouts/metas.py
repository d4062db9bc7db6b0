"""Meta tags and page variables: a page's data about itself outside its text."""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from shared.text import well_formed

# The attributes of one meta tag by name.
Attributes = Mapping[str, str | None]

# The variables of www.mofcom.gov.cn to 2020 (`akeyworks` is the site's own spelling) and of
# exportcontrol.mofcom.gov.cn.
_VARIABLE = re.compile(
    # Without a word boundary before it: Python finds a literal prefix twenty times as fast.
    r"var\s+(aid|sid|atitle|akeyworks|colename|author|source|contype|atype|subtitle|totalpage|tm"
    r"|digestflag|commentflag|infoUrl|articleId|title|subTitle|shortTitle|publishTime|cuid|siteId"
    r"|articleType|infoType|digest)\s*=\s*(?:\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)')"
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)")
_LETTERS = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": ""}
_GARBLED = re.compile(r"\?{3,}|^\s*(?:undefined|null)\s*$")


def find_metas(tree: LexborHTMLParser) -> list[Attributes]:
    """The attributes of the meta tags that have a content."""
    # (selectolax builds the attributes again on each access.)
    return [node.attributes for node in tree.css("meta[content]")]


def read_metas(tags: Iterable[Attributes]) -> dict[str, str]:
    """Meta tags with a name and a value, the first of each name; MOFCOM's templates print some
    twice and escape some values twice.
    """
    metas: dict[str, str] = {}
    for attributes in tags:
        name, content = attributes.get("name"), attributes["content"]
        if name and content and content.strip():
            plain = unescape(content) if "&" in content else content
            metas.setdefault(name.strip(), plain.strip())
    return metas


def read_variables(html: str) -> dict[str, str]:
    """String variables that the page's scripts set, with JavaScript escapes and HTML entities
    resolved; the first of each name that is not empty.
    """
    variables: dict[str, str] = {}
    if "var " not in html and "var\t" not in html:
        return variables
    for name, double, single in _VARIABLE.findall(html):
        value = well_formed(unescape(_ESCAPE.sub(_unescaped, double or single))).strip()
        if value:
            variables.setdefault(name, value)
    return variables


def _unescaped(match: re.Match[str]) -> str:
    what = match.group(1)
    if len(what) > 1:
        return chr(int(what[1:], 16))
    return _LETTERS.get(what, what)


def joined(metas: dict[str, str], variables: dict[str, str]) -> dict[str, str]:
    """Both under their own names; a variable with the name of a meta tag becomes ``var NAME``."""
    both = dict(metas)
    for name, value in variables.items():
        both[f"var {name}" if name in metas else name] = value
    return both


def is_garbled(text: str) -> bool:
    """Whether the Chinese characters of a value are lost.

    For requests without ``X-Requested-With``, exportcontrol's list turned every Chinese character
    into ``?``; such titles count as missing.
    """
    return bool(_GARBLED.search(text))
