"""Which fields are the reading of which marks: the words that a field was read from account for a mark
only where the field can be what the mark says (data).

A new field is one row. A field that is not here accounts for nothing: a verb within a deadline's whole
sentence, or a date within a section's head, is not read by it.
"""

from services.parser.document.unread.marks import ACTS, CHANGES

_DAY = frozenset({"date", "period"})
_CODES = frozenset({"customs code", "control code"})

ACCOUNTS: dict[str, frozenset[str]] = {
    "document_number": frozenset({"document number", "date"}),
    "document_number_raw": frozenset({"document number"}),
    "issued_on": _DAY,
    "published_at": _DAY,
    "effective_on": _DAY | ACTS - CHANGES,
    "effective_at": _DAY | ACTS - CHANGES,
    # 执行至2027年12月31日
    "last_day": _DAY | {"apply"},
    "addressees": frozenset({"organisation", "latin name"}),
    "annexes.title": frozenset({"title"}),
    "attachments.name": frozenset({"title"}),
    "citations.title": frozenset({"title"}),
    "citations.document_number": frozenset({"document number"}),
    "citations.relation": ACTS,
    "citations.mood": ACTS,
    # 24%的对美加征关税税率 is a part, too.
    "citations.clause": frozenset({"title", "percentage", "levy"}),
    "citations.since": _DAY | {"take effect"},
    "citations.until": _DAY,
    # That a measure ends is read where the notice that ordered it is cited.
    "remedy_stage": ACTS - CHANGES,
    "deadlines.on": _DAY,
    # A period that is counted from a day that nobody knows here: 自合同生效之日起30日内.
    "deadlines.text": frozenset({"period"}),
    "listed_entities.action": ACTS,
    "listed_entities.name_zh": frozenset({"organisation"}),
    "listed_entities.name_latin": frozenset({"latin name"}),
    "listed_entities.former_name": frozenset({"organisation", "latin name"}),
    "listed_entities.address": frozenset({"latin name"}),
    "listed_entities.effective_on": _DAY | {"take effect"},
    "listed_entities.until": _DAY,
    "regulated_items.control_code": frozenset({"control code"}),
    # Names say what goods are made of (钨含量大于97%的合金), and what they serve (生产2B902的技术).
    "regulated_items.name": frozenset({"percentage", "latin name", "control code"}),
    "regulated_items.hs_codes.code": frozenset({"customs code"}),
    "regulated_items.measure": frozenset({"forbid", "control", "apply", "suspend", "stop", "levy"}),
    "regulated_items.condition": frozenset(
        {"percentage", "title", "document number", "latin name"}
    ),
    "duty_rates.company_zh": frozenset({"organisation"}),
    "duty_rates.company_latin": frozenset({"latin name"}),
    "duty_rates.rate": frozenset({"percentage"}),
    "duty_rates.stage": frozenset({"levy"}),
    "duty_rates.hs_codes": frozenset({"customs code"}),
    "duty_rates.since": _DAY,
    "duty_rates.last_day": _DAY,
    "undertakings.company_zh": frozenset({"organisation"}),
    "undertakings.company_latin": frozenset({"latin name"}),
}
# The fields that say from when something is in force.
EFFECTS = frozenset(
    {
        "effective_on",
        "effective_at",
        "citations.since",
        "duty_rates.since",
        "listed_entities.effective_on",
    }
)
# The fields that hold whole sentences: of two periods in them they do not say which was read.
SENTENCES = frozenset({"deadlines.text"})
# The fields that name another document.
NAMES_ANOTHER = frozenset({"citations.title", "citations.document_number"})
