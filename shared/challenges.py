"""Challenges: what a firewall sends in place of a page, a script that sets a cookie and asks again."""

import re

from shared.chinese.form import Form, Forms

# Pages that were let through carry such scripts, too, beside their text.
CHALLENGES = Forms(
    Form("Ruishu", r"\$_ts\b", yes=("<script>$_ts=window['$_ts'];",), no=("$_tsv",)),
    Form("Jiasule", r"__jsl(?:uid|_clearance)", yes=("document.cookie='__jsl_clearance_s=1'",)),
    Form("Wangsu", r"\b_cofing1\s*=\s*\{\s*href\s*:|wscckey=", yes=("var _cofing1={href:'/a'}",)),
    Form("Aliyun", r"acw_sc__v2", yes=("document.cookie='acw_sc__v2=1'",)),
    Form("Yunsuo", r"yunsuo_session", yes=("yunsuo_session_verify=1",)),
    Form("guard", r"_guard/", yes=("<script src='/_guard/auto.js'>",)),
)
_MARKUP = re.compile(
    r"<(script|style|title)\b.*?(?:</\1>|$)|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)
# What such a page says to those without scripts.
_LONGEST_TEXT = 100


def has_challenge(html: str) -> bool:
    """Whether a challenge's script is in a page."""
    return CHALLENGES.search(html) is not None


def is_challenge(html: str) -> bool:
    """Whether a page is a challenge and nothing else: its script, and no text."""
    if not has_challenge(html):
        return False
    return len("".join(_MARKUP.sub("", html).split())) <= _LONGEST_TEXT
