"""Which rules, repairs and checks made a translation; a higher number makes them again."""

RULES_VERSION = 2
