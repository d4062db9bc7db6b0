"""What a page contains and no reader sees, taken out of its tree before anything is read: hidden
copies, templates, what an editor struck out.

Hidden is what the markup or the page's own style says: `display: none`, `visibility: hidden`,
`opacity: 0`, `font-size: 0`, far off the screen, clipped to nothing, white on white, `hidden`,
`aria-hidden`; the styles are those of CSS 2.2 and of the usual recipes for hiding from eyes
(Bootstrap's `sr-only`, H5BP's `visually-hidden`). Struck out is `del`, `s`, `strike` and
`text-decoration: line-through`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.parser.layouts.outermost import outermost
from shared.chinese.sentences import STOPS

# Elements that are hidden by their name, or by a class that style sheets everywhere give to what they hide.
_TAGS = frozenset({"template", "dialog", "del", "s", "strike"})
_CLASSES = frozenset(
    {
        "hidden",
        "hide",
        "sr-only",
        "visually-hidden",
        "screen-reader-text",
        "d-none",
        "layui-hide",
        "visible-print",
        "visible-print-block",
        "print-only",
    }
)
_SUSPECTS = (
    "[style], [hidden], [aria-hidden], font[color], template, dialog:not([open]), del, s, strike, "
    "[class*=hid], [class*=sr-only], [class*=screen-reader], [class*=d-none], [class*=print]"
)
_NEVER = frozenset({"html", "body", "head"})
# (These end in time on any text: a run of characters is tried from its first one only.)
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*:\s*([^;]+)")
_ZERO = re.compile(r"[+-]?0*+(?:\.0*+)?(?:px|pt|em|rem|ex|%|vw|vh)?$")
_TINY = re.compile(r"1(?:\.\d+)?(?:px|pt)$")
# Some 500 pixels and more to the left or above.
_FAR = re.compile(
    r"-(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?(?:px|pt)?$|-\d{2,}(?:\.\d+)?r?em$|-\d{3,}(?:%|vw|vh)$"
)
_CLIPPED = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%")
_MOVED_AWAY = re.compile(
    r"scale\(\s*0\s*[,)]|translate[xy]?\((?:(?!translate)[^)])*-(?:\d{4,}px|[1-9]\d{3,})"
)
# White, or so near to it that nobody reads it on paper.
_WHITE = re.compile(r"white$|snow$|#f{3}$|#(?:f[5-9a-f]){3}$|rgba?\((?:2(?:4[5-9]|5\d),?){3}")
# What holds the text, on a white ground.
_CONTENT = re.compile(
    r"\b(?:art-?con|zoom|trs_\w+|ucap-content|gsj_htmlcon\w*|content|bd)\b", re.IGNORECASE
)
# These are inherited, and an element inside may set them anew.
_INHERITED = frozenset({"visibility", "font-size"})

# A style sheet without any of these hides nothing.
_MAY_HIDE = re.compile(
    r"none|hidden|collapse|through|opacity|mso-hide|clip|-\d{3}|(?:size|height|width|scale)\W{0,3}0",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_AT_BLOCK = re.compile(r"@([\w-]++)([^{};@]{0,1000}+)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*)\}")
# What does not hold on a screen of the usual width.
_OTHER_MEDIA = re.compile(
    r"print|speech|max-(?:device-)?width|portrait|only\s+handheld", re.IGNORECASE
)
# Of the pseudo-classes those of the document's structure; :hover and the like hold for a moment only.
_SELECTOR = re.compile(
    r"(?:[\w\s.#>+~*\[\]=\"'-]|:(?:not\([^()]*\)|nth-[\w-]+\([^()]*\)|(?:first|last|only)-(?:child|of-type)))+$"
)
# Characters of a style sheet that are read, and elements that its rules may style; pages have hundreds.
_MOST_STYLE, _MOST_STYLED = 100_000, 100_000
_STOP = re.compile(f"[{STOPS}]")

# What a style says of an element: by which property it hides it, or shows what another rule hides.
_Effects = dict[str, bool]


def remove_hidden(tree: LexborHTMLParser, *, but_the_text: bool = False) -> int:
    """Take out of a tree what is hidden or struck out; how many sentences that was.

    With `but_the_text`, what holds at least half of the page's sentences stays, alone or with what is
    hidden beside it: a body that a script is to show.
    """
    # (What is named twice must not be taken out twice.)
    gone = list({node.mem_id: node for node in _hidden_nodes(tree)}.values())
    if but_the_text:
        gone = _without_the_text(tree, gone)
    removed = 0
    for node in outermost(gone):
        removed += sentences(node)
        node.decompose()
    return removed


def _without_the_text(tree: LexborHTMLParser, gone: list[LexborNode]) -> list[LexborNode]:
    total = sentences(tree.body) if tree.body is not None else 0
    beside: Counter[int] = Counter()
    for node in gone:
        beside[_holder(node)] += sentences(node)
    return [node for node in gone if not 0 < total <= 2 * beside[_holder(node)]]


def _holder(node: LexborNode) -> int:
    return node.parent.mem_id if node.parent is not None else 0


def sentences(node: LexborNode) -> int:
    """The number of sentences in a node."""
    return sentences_of(node.text())


def sentences_of(text: str) -> int:
    """The number of sentences in a text."""
    return len(_STOP.findall(text))


def _hidden_nodes(tree: LexborHTMLParser) -> list[LexborNode]:
    effects = _by_rules(tree)
    gone: list[LexborNode] = []
    for node in tree.css(_SUSPECTS):
        attributes = node.attributes
        tag, style = node.tag, attributes.get("style")
        if style:
            own = _effects(style)
            # What shows matters only where something else hides.
            if own and (effects or True in own.values()):
                _, known = effects.setdefault(node.mem_id, (node, {}))
                known.update(own)
        if (
            (tag in _TAGS and "open" not in attributes)
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or not _CLASSES.isdisjoint((attributes.get("class") or "").split())
        ):
            gone.append(node)
        elif tag == "font" and _WHITE.match(_colour(attributes.get("color") or "")):
            effects.setdefault(node.mem_id, (node, {}))[1].setdefault("colour", True)
    shown: dict[frozenset[str], tuple[set[int], set[int]]] = {}
    for node, said in list(effects.values()):
        by = frozenset(name for name, hides in said.items() if hides)
        if not by or node.tag in _NEVER or (by == {"colour"} and _has_background(node)):
            continue
        if by <= _INHERITED:
            if by not in shown:
                shown[by] = _showing(effects, by)
            gone += _not_shown_again(node, *shown[by])
        else:
            gone.append(node)
    return gone


def _not_shown_again(
    node: LexborNode, showing: Collection[int], around: Collection[int]
) -> Iterator[LexborNode]:
    """A node that hides what it contains, without the elements in it that show themselves: `showing`
    are the ids of those, `around` of what they stand in.
    """
    if node.mem_id not in around:
        yield node
        return
    stack = [node]
    while stack:
        for child in stack.pop().iter(include_text=True):
            if child.mem_id in around:
                stack.append(child)
            elif child.mem_id not in showing:
                yield child


def _showing(
    effects: Mapping[int, tuple[LexborNode, _Effects]], by: Collection[str]
) -> tuple[set[int], set[int]]:
    """The ids of the elements that show themselves by some properties, and of all they stand in."""
    showing = [
        node for node, said in effects.values() if all(said.get(name) is False for name in by)
    ]
    around: set[int] = set()
    for node in showing:
        outer = node.parent
        while outer is not None and outer.mem_id not in around:
            around.add(outer.mem_id)
            outer = outer.parent
    return {node.mem_id for node in showing}, around


@lru_cache(maxsize=4096)  # an editor gives a hundred paragraphs one style
def _effects(declarations: str) -> Mapping[str, bool]:
    """What the declarations of a style hide (True) or show (False), by property."""
    said: _Effects = {}
    values: dict[str, str] = {}
    for name, value in _DECLARATION.findall(declarations.lower()):
        plain = value.replace("!important", "").strip()
        if "\\" not in plain:  # display:block\9 is for one browser of 2009
            values[name] = plain
    if (display := values.get("display")) is not None:
        said["display"] = display == "none"
    if (visibility := values.get("visibility")) is not None:
        said["visibility"] = visibility in ("hidden", "collapse")
    if (opacity := values.get("opacity")) is not None:
        said["opacity"] = bool(_ZERO.match(opacity))
    if "opacity=0)" in values.get("filter", "").replace(" ", ""):
        said["opacity"] = True
    if (size := values.get("font-size")) is not None:
        said["font-size"] = bool(_ZERO.match(size) or _TINY.match(size))
    for name in ("text-decoration", "text-decoration-line"):
        if name in values:
            said["struck"] = "line-through" in values[name]
    if values.get("mso-hide") == "all" or values.get("content-visibility") == "hidden":
        said["mso-hide"] = True
    if _is_away(values):
        said["place"] = True
    colour = _colour(values.get("color", ""))
    ground = _colour(values.get("background-color") or values.get("background", ""))
    if colour == "transparent":
        said["opacity"] = True
    if colour and colour == ground:
        said["ground"] = True
    elif not ground and _WHITE.match(colour):
        said["colour"] = True
    return said


def _is_away(values: Mapping[str, str]) -> bool:
    """Whether an element stands off the screen, or in a box that has no size."""
    if values.get("position") in ("absolute", "fixed", "relative") and any(
        _FAR.match(values.get(side, "")) for side in ("left", "top", "right", "bottom")
    ):
        return True
    if any(
        _FAR.match(values.get(name, "")) for name in ("text-indent", "margin-left", "margin-top")
    ):
        return True
    if _CLIPPED.search(values.get("clip", "") + values.get("clip-path", "")):
        return True
    if _MOVED_AWAY.search(values.get("transform", "")):
        return True
    return values.get("overflow") == "hidden" and any(
        _ZERO.match(values.get(name, "none"))
        for name in ("height", "max-height", "width", "max-width")
    )


def _colour(value: str) -> str:
    return value.lower().replace(" ", "")


def _has_background(node: LexborNode) -> bool:
    """Whether something coloured may lie behind a white text: said of it or of an element around it
    inside the content block, or in a cell, whose colour may come from a style sheet. Outside of that
    block bars have colours.
    """
    outer: LexborNode | None = node
    while outer is not None and outer.tag not in _NEVER:
        attributes = outer.attributes
        if outer.tag in ("td", "th", "a", "button") or "bgcolor" in attributes:
            return True
        if "background" in (attributes.get("style") or ""):
            return True
        if _CONTENT.search(f"{attributes.get('id')} {attributes.get('class')}"):
            return False
        outer = outer.parent
    return True


def _by_rules(tree: LexborHTMLParser) -> dict[int, tuple[LexborNode, _Effects]]:
    """What the rules of the page's own `style` elements say, for each element that one of them hides.
    Of two rules for one element and property the more specific counts, else the later one (CSS 2.2,
    6.4.1).
    """
    rules = [rule for sheet in tree.css("style") for rule in _rules(sheet)]
    effects: dict[int, tuple[LexborNode, _Effects]] = {}
    if not any(hides for _, said in rules for hides in said.values()):
        return effects
    weights: dict[tuple[int, str], tuple[int, int, int]] = {}
    styled = 0
    for selector, said in rules:
        if styled > _MOST_STYLED:
            break
        weight = _specificity(selector)
        try:
            nodes = tree.css(selector)
        except SelectolaxError:  # no selector
            continue
        styled += len(nodes)
        for node in nodes:
            _, known = effects.setdefault(node.mem_id, (node, {}))
            for name, hides in said.items():
                if weights.get((node.mem_id, name), (0, 0, 0)) <= weight:
                    weights[node.mem_id, name] = weight
                    known[name] = hides
    return effects


def _rules(sheet: LexborNode) -> Iterator[tuple[str, _Effects]]:
    """Selectors and what they hide or show, in order."""
    if _OTHER_MEDIA.search(sheet.attributes.get("media") or ""):
        return
    text = sheet.text()[:_MOST_STYLE]
    if not _MAY_HIDE.search(text):
        return
    text = _AT_BLOCK.sub(_on_screen, _COMMENT.sub("", text))
    for selectors, declarations in _RULE.findall(text):
        # A colour says nothing without the background, which may be another rule's.
        said = {name: hides for name, hides in _effects(declarations).items() if name != "colour"}
        if not said:
            continue
        for selector in selectors.split(","):
            plain = selector.strip()
            if plain and _SELECTOR.match(plain):
                yield plain, said


def _on_screen(block: re.Match[str]) -> str:
    kind, condition, inside = block.groups()
    holds = kind.lower() in ("media", "supports", "layer") and not _OTHER_MEDIA.search(condition)
    return inside if holds else ""


def _specificity(selector: str) -> tuple[int, int, int]:
    names = len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", selector))
    return selector.count("#"), selector.count(".") + selector.count("["), names
