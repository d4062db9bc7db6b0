"""Names of elements that were recognised in a picture, against the customs code beside them.

Optical character recognition takes one metal for another (钬 is read rightly one time in six) and is sure of it. The
tariff's own code says which element a line is of: 28053013 is 铽.
"""

from services.parser.elements import ELEMENTS, METALS, elements_of
from shared.chinese.form import Form, Forms
from shared.notice import RegulatedItem

# A character that stands where an element does.
PLACES = Forms(
    Form(
        "element",
        rf"(?:氧化|氢氧化|氯化|氟化|硝酸|硫酸|碳酸|草酸|醋酸|乙酸|金属|含|未锻轧)(?P<element>[{METALS[0]}-{METALS[-1]}])",
        yes=("氧化钬", "金属铽"),
        no=("氧化物", "金属制品"),
    ),
    Form(
        "element",
        rf"(?P<element>[{METALS[0]}-{METALS[-1]}])(?:铁硼|的?化合物|合金|靶材|及其)",
        yes=("钐钴、铽合金", "镝的化合物"),
        no=("稀土合金",),
    ),
)


def doubt_of(item: RegulatedItem) -> str | None:
    """Why the name of a recognised item may be another: its code is of another element, or no element is called so."""
    if item.confidence is None:
        return None
    named = {character for character in item.name if character in ELEMENTS}
    for code in item.hs_codes:
        expected = elements_of(code.code)
        if expected and not expected & named:
            return f"recognised as {item.name}, and {code.code} is of {'、'.join(sorted(expected))}"
    for found in PLACES.finditer(item.name):
        if found["element"] not in ELEMENTS:
            return f"recognised as {item.name}, and no element is called {found['element']}"
    return None
