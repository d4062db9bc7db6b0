"""The version of rules, repairs and checks, recorded with each translation; a change raises it.

`mofcom retranslate --outdated` asks for what others made.
"""

RULES_VERSION = 6
