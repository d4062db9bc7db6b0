"""English terms of a notice: what a search in English finds it by."""

from datetime import date

import pytest

from services.translator.glossary import glossary
from services.translator.terms import MOST_TERMS, terms

GLOSSARY = glossary().on(date(2025, 10, 9))


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("公布对境外相关稀土物项实施出口管制的决定", "", ("rare earth", "export control")),
        ("", "对钨、碲、铋、钼、铟相关物项", ("tungsten", "tellurium", "bismuth", "molybdenum", "indium")),
        ("", "含有金、银的制品", ("gold", "silver")),
        ("", "资金和银行", ()),
        ("", "对原产于美国的進口石墨", ("United States", "imports", "graphite")),
        ("根据《中华人民共和国出口管制法》", "", ("Export Control Law",)),
        ("海关总署会同商务部", "", ("General Administration of Customs", "Ministry of Commerce")),
        ("某事", "某文。", ()),
    ],
)  # fmt: skip
def test_terms(title: str, text: str, found: tuple[str, ...]) -> None:
    assert terms(title, text, GLOSSARY) == found


def test_a_list_of_hundreds_ends() -> None:
    names = "、".join(glossary().entries.by_name)
    assert len(terms("", names, GLOSSARY)) == MOST_TERMS
