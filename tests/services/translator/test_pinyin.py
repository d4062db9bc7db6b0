"""The sounds of names: as pypinyin says them with all its phrases, without having them in memory."""

import json
import os
import subprocess
import sys

from services.translator.rules.pinyin import pinyin

# Characters of several sounds alone and in phrases, surnames, codes of bodies, and what has no sound.
NAMES = [
    *(
        "银行",
        "行长",
        "中国人民银行",
        "银行业",
        "重庆",
        "重要",
        "长春",
        "校长",
        "音乐",
        "快乐",
        "大都会",
    ),
    *(
        "王文涛",
        "曾培炎",
        "单亚伟",
        "解振华",
        "朴槿惠",
        "查干",
        "乐嘉",
        "仇和",
        "任鸿斌",
        "龙永图",
        "李强",
    ),
    *(
        "商办建函",
        "商资批",
        "署税发",
        "发改外资",
        "银办发",
        "国发",
        "财关税",
        "环办便函",
        "工信部联",
    ),
    *("一丁点儿", "不识一丁", "A股市场", "商〔2020〕", "", "々", "3号", "行"),
]
ALL = """
import json, sys
from pypinyin import lazy_pinyin
print(json.dumps([lazy_pinyin(name) for name in json.loads(sys.argv[1])]))
"""
HELD = """
import sys
from services.translator.rules.pinyin import pinyin
assert pinyin("银行") == ("yin", "hang")
print("pypinyin.phrases_dict" in sys.modules)
"""


def run(program: str, *arguments: str) -> str:
    # What the reader has set for pypinyin in this process.
    environment = {k: v for k, v in os.environ.items() if k != "PYPINYIN_NO_PHRASES"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return done.stdout


def test_each_name_sounds_as_with_all_phrases() -> None:
    wanted = json.loads(run(ALL, json.dumps(NAMES)))
    assert {name: list(pinyin(name)) for name in NAMES} == dict(zip(NAMES, wanted, strict=True))


def test_the_phrases_are_not_loaded() -> None:
    assert run(HELD).strip() == "False"
