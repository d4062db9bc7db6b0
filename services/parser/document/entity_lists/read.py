"""Persons and organisations that a list notice adds, removes, suspends, resumes or renames.

The lists and their notices: 出口管制管控名单 and 关注名单 (中华人民共和国两用物项出口管制条例), 不可靠实体清单
(不可靠实体清单规定), 反制清单 (中华人民共和国反外国制裁法). Entries stand in an annex
(https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_1ee79b1b7f21444ebf4797c0ff8500fd.html), behind the sentence that decides,
or in it (https://www.mofcom.gov.cn/zwgk/zcfb/art/2025/art_c29bed8111a5406ea44f363694865ac2.html).
"""

from itertools import zip_longest
from typing import Literal, NamedTuple

from services.parser.document.authority import without_authority
from services.parser.document.document import Document, Reading
from services.parser.document.entity_lists.countries import country_of
from services.parser.document.entity_lists.decision import Count, Decision
from services.parser.document.entity_lists.decision_forms import ACTS, ANNEX_ACTIONS, LIST_ANNEX
from services.parser.document.entity_lists.decisions import (
    find_decisions,
    speaks_of_more,
    title_counts,
)
from services.parser.document.entity_lists.entries import read_entries
from services.parser.document.entity_lists.entry import Entries, Entry
from services.parser.document.entity_lists.enumeration import names_in
from services.parser.document.entity_lists.lines import address_in, follows_as_list, without_post
from services.parser.document.entity_lists.lists import COUNTER, list_named, may_list
from services.parser.document.entity_lists.times import Times, day_of, read_times
from services.parser.document.names import (
    BRANCHES_BEHIND,
    Name,
    ends_as_organisation,
    kind_of,
    name_at,
)
from services.parser.document.parts.annexes import PrintedAnnex
from shared.chinese.annexes import annex_numbers
from shared.chinese.characters import fold
from shared.chinese.markers import marker_at
from shared.chinese.sentences import parts
from shared.chinese.text import Span
from shared.notice import Evidence, ListedEntity

_FIELD = "listed_entities"
# The level of numbers (`shared.chinese.markers`) that entries have: 1. 甲公司.
_ENTRY_LEVEL = 3
_ANSWERED = frozenset({"remove", "suspend", "resume"})


class _Found(NamedTuple):
    decision: Decision
    entry: Entry
    # In a sentence entries have no position of their own.
    numbered: bool


def read(document: Document) -> Reading[tuple[ListedEntity, ...]]:
    """The entities of a list notice, in the order of the text.

    Entries come from the annex that prints the list, else from the list behind the sentence, else
    from the sentence itself. The number of entities that the text states is compared with the
    number found: they differ when a page leaves its list to an attachment.
    """
    decisions = find_decisions(document)
    doubts: tuple[str, ...] = ()
    if speaks_of_more(document):
        doubts = (f"{_FIELD}: lists are named more often than is read",)
    if document.page_kind == "interview":
        # Only a notice lists anybody; an answer may suspend and end measures.
        decisions = [
            one for one in decisions if one.action in _ANSWERED and one.text is document.body
        ]
    if not decisions:
        return Reading((), warnings=doubts)
    reason = without_authority(document)
    if reason is None and not may_list(document.issuers):
        reason = f"{document.issuers[0]} keeps no list"
    if reason is not None:
        return Reading((), warnings=(f"{_FIELD}: {reason}",))
    found, warnings = _collect(document, decisions)
    warnings += doubts
    warnings += _compare_counts(document, decisions, found)
    values: list[ListedEntity] = []
    evidence: list[Evidence] = []
    terms: dict[Decision, Times] = {}
    for one, behind in zip_longest(found, found[1:]):
        times = terms.get(one.decision)
        if times is None:
            times = terms[one.decision] = read_times(document, one.decision)
        branches = BRANCHES_BEHIND.match(document.body.folded, _end(one.entry.name))
        if branches and not (behind and behind.numbered and not behind.entry.position):
            quote = document.body.quote(Span(*branches.span("branches")))
            warnings.append(f"{_FIELD}[{len(values)}]: {quote} is listed without a name")
        value, found_in = _entity(document, one, len(values), times)
        warnings += [
            f"{_FIELD}[{len(values)}].{name}: {edge.doubt}"
            for name, edge in times.items()
            if edge.doubt
        ]
        values.append(value)
        evidence += found_in
    return Reading(tuple(values), tuple(evidence), tuple(dict.fromkeys(warnings)))


def _end(name: Name) -> int:
    return max(span.end for span in (name.zh, name.latin) if span)


def _collect(document: Document, decisions: list[Decision]) -> tuple[list[_Found], list[str]]:
    found: list[_Found] = []
    warnings: list[str] = []
    served: set[Decision] = set()
    for annex in document.printed_annexes:
        decision = _decision_of(document, annex, decisions)
        if decision is None:
            if _is_acted_on(document, annex) and _entries_in(document, annex).entries:
                warnings.append(
                    f"{_FIELD}: no decision is read on the entries of annex {annex.number}"
                )
            continue
        entries = _entries_in(document, annex)
        if entries.entries:
            found += _besides(document, decision, annex)
            served |= {
                one
                for one in decisions
                if (one.list, one.action) == (decision.list, decision.action)
            }
        found += [_Found(decision, entry, True) for entry in entries.entries]
        warnings += _doubts(entries)
    warnings += [f"{_FIELD}: {decision.doubt}" for decision in decisions if decision.doubt]
    behind = Span(0, 0)
    for decision in decisions:
        if decision in served or decision.text is document.title:
            continue
        end = decision.until
        # What stands in the list of an earlier one has no list of its own: each row of a table would have all below it.
        if not behind.start < end <= behind.end:
            end = follows_as_list(document, decision.until)
        if end > decision.until:
            behind = Span(decision.until, end)
            entries = read_entries(document, decision.until + 1, end)
            found += [_Found(decision, entry, True) for entry in entries.entries]
            warnings += _doubts(entries)
            if entries.entries:
                continue
        named = names_in(document, decision)
        former = _former(document, decision) if len(named) == 1 else None
        warnings += [
            f"{_FIELD}: {document.body.quote(name.zh)} may be a name or a place"
            for name in named
            if name.zh and _is_glued(document, name)
        ]
        found += [
            _Found(
                decision,
                Entry(
                    name, 0, None, address_in(document.body.folded, name, name.end), former=former
                ),
                False,
            )
            for name in named
        ]
    if not found:
        warnings.append(f"{_FIELD}: no name is printed in the text")
    return found, warnings


def _entries_in(document: Document, annex: PrintedAnnex) -> Entries:
    entries = read_entries(document, annex.text_start, annex.end)
    marker = marker_at(document.body.folded, annex.title_start, annex.title_end)
    numbered = marker is not None and marker.level == _ENTRY_LEVEL
    if annex.title_end > annex.title_start and (numbered or not entries.entries):
        # An annex without a title begins with its first entry: 1. 甲公司.
        return read_entries(document, annex.title_start, annex.end)
    return entries


def _is_acted_on(document: Document, annex: PrintedAnnex) -> bool:
    """Whether a part of a sentence that names the annex has a verb by which lists are changed."""
    folded, end = document.body.folded, document.main_end
    return any(
        ACTS.search(folded, *part) is not None
        for part in parts(folded, 0, end)
        if annex.number in annex_numbers(folded, *part)
    )


def _is_glued(document: Document, name: Name) -> bool:
    """Chinese words right before a name in Latin letters that no kind of body ends: 亚特兰蒂斯Alfa Bank."""
    zh, latin = name.zh, name.latin
    if not zh or not latin or zh.end != latin.start:
        return False
    return not ends_as_organisation(document.body.folded[zh.start : zh.end])


def _besides(document: Document, decision: Decision, annex: PrintedAnnex) -> list[_Found]:
    """甲公司、乙公司、丙公司及其分支机构（名单见附件）: the annex lists those of one, the sentence names the others."""
    title = fold(annex.title)
    if "及其" not in title or decision.text is document.title:
        return []
    names = names_in(document, decision)
    others = [
        name for name in names if name.zh and document.body.folded[slice(*name.zh)] not in title
    ]
    if len(others) == len(names):
        return []
    return [_Found(decision, Entry(name, 0, None), False) for name in others]


def _former(document: Document, decision: Decision) -> Span | None:
    if decision.former is None:
        return None
    name = name_at(document.body.folded, *decision.former)
    return name.zh or name.latin


def _doubts(entries: Entries) -> list[str]:
    warnings = [f"{_FIELD}: line not read: {text}" for text in entries.unread]
    return warnings + [
        f"{_FIELD}: the list announces {section.announced}, {section.entries} were found"
        for section in entries.sections
        if section.announced != section.entries
    ]


def _decision_of(
    document: Document, annex: PrintedAnnex, decisions: list[Decision]
) -> Decision | None:
    """The decision that an annex is the list of: by its number, its title, or as the only one."""
    by_number = [one for one in decisions if annex.number in one.annexes]
    if len(by_number) == 1 and len(document.printed_annexes) > 1:
        return by_number[0]
    heading = fold(document.body.raw[annex.start : annex.text_start + 30])
    if annex.number and not by_number and all(one.annexes for one in decisions):
        # 将附件1所列实体列入管控名单: what annex 2 lists is something else.
        decisions = [one for one in decisions if one.list == list_named(heading, 0, len(heading))]
        if not decisions:
            return None
    same_list = [
        one for one in decisions if one.list == list_named(heading, 0, len(heading))
    ] or decisions
    does = next(ANNEX_ACTIONS.ranked(heading), None)
    if does is not None:
        same_list = [one for one in same_list if one.action == does.name] or same_list
    is_list = LIST_ANNEX.search(heading) or any(one.list == COUNTER for one in decisions)
    if len(document.printed_annexes) > 1 and not is_list:
        return None
    return same_list[0]


def _compare_counts(
    document: Document, decisions: list[Decision], found: list[_Found]
) -> list[str]:
    stated: dict[tuple[str, str], list[Count]] = {}
    for decision in decisions:
        for count in decision.counts:
            stated.setdefault((decision.list, decision.action), []).append(count)
    if not stated:
        counts = title_counts(document)
        if len(counts) == 1 and len({(one.list, one.action) for one in decisions}) == 1:
            stated[decisions[0].list, decisions[0].action] = list(counts)
    warnings = []
    for (name, action), all_counts in stated.items():
        entries = [
            one for one in found if (one.decision.list, one.decision.action) == (name, action)
        ]
        under_others = sum(1 for one in entries if one.numbered and not one.entry.position)
        # 12家企业 and 10名高级管理人员 add up.
        units = {count.unit for count in all_counts}
        for unit in sorted(units):
            total = sum(count.value for count in all_counts if count.unit == unit)
            number = (
                len(entries)
                if len(units) == 1
                else sum(1 for one in entries if _kind(document, one) == unit)
            )
            # Branches that are listed under their company may be counted or not.
            if total not in (number, number - under_others):
                warnings.append(f"{_FIELD}: the text states {total}, {number} were found")
    return warnings


def _kind(document: Document, one: _Found) -> Literal["person", "organisation"] | None:
    if one.entry.kind:
        return one.entry.kind
    # A sentence on persons only: 对…等10名高级管理人员, 对其本人及直系亲属不予签发签证.
    units = {count.unit for count in one.decision.counts}
    if units == {"person"}:
        return "person"
    kind = kind_of(document.body.folded, one.entry.name)
    if kind:
        return kind
    if units == {"organisation"}:
        return "organisation"
    if one.decision.about_persons:
        return "person"
    if one.numbered and not one.entry.position:
        # A branch under its company.
        return "organisation"
    zh = one.entry.name.zh
    if zh and "·" in document.body.folded[zh.start : zh.end]:
        return "person" if one.decision.list == COUNTER else None
    return None


def _entity(
    document: Document, one: _Found, index: int, times: Times
) -> tuple[ListedEntity, list[Evidence]]:
    decision, entry = one.decision, one.entry
    kind = _kind(document, one)
    numbered = one.numbered and entry.position > 0
    zh, latin = entry.name.zh, entry.name.latin
    if zh and kind == "person":
        zh = without_post(document.body.folded, zh)
    former = entry.former if decision.action == "amend" else None
    path = f"{_FIELD}[{index}]"
    evidence = [
        decision.text.evidence(f"{path}.list", *decision.list_span),
        decision.text.evidence(f"{path}.action", *decision.action_span),
    ]
    for field, span in (
        ("name_zh", zh),
        ("name_latin", latin),
        ("former_name", former),
        ("kind", (zh or latin) if kind else None),
        ("address", entry.address),
        (
            "position",
            (entry.number or zh or latin) if numbered else None,
        ),
        *((name, Span(edge.start, edge.end)) for name, edge in times.items()),
    ):
        if span:
            evidence.append(document.body.evidence(f"{path}.{field}", *span))
    country = country_of(document, decision, entry.name)
    if country:
        evidence.append(country.evidence(f"{path}.country"))
    value = ListedEntity(
        list=decision.list,
        action=decision.action,
        name_zh=document.body.quote(zh),
        name_latin=document.body.quote(latin),
        former_name=document.body.quote(former),
        kind=kind,
        country=country.name if country else None,
        address=document.body.quote(entry.address),
        position=entry.position if numbered else None,
        effective_on=day_of(times.get("effective_on")),
        until=until.at if (until := times.get("until")) else None,
    )
    return value, evidence
