"""Which rules, repairs and checks made a translation: counted up when any of them changes.

`mofcom retranslate --outdated` asks for what others made.
"""

RULES_VERSION = 5
