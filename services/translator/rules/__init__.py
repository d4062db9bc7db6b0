"""Renders the formulaic parts of official documents without a model.

fields.py      lines in which the parser has read a field: rendered from its value
lines.py       any other line: the order in which the rules are tried
frame.py       what they make of it: English, or English round a rest
wording.py     wordings with their English and examples, as rows
pattern.py     a row's Chinese, and every way in which a text can fill it
formulas.py    rows: 本公告自…起施行, …同时废止, 商务部令, 部长：钟山
titles.py      商务部关于…的通知; rows: …答记者问, …发布《…》
treaties.py    中国—新西兰自由贸易协定
editions.py    （2025年版）, （征求意见稿）
matters.py     what a title is about; rows: 将…列入不可靠实体清单
grammar.py     phrases of titles from the glossary's words; rows in nouns.tsv and verbs.tsv
headline.py    the capitals of a title
remedies.py    原产于…的进口…反倾销调查最终裁定
labels.py      【发布文号】, 附件1：
numbers.py     商办建函〔2022〕318号
dates.py       二〇二二年十二月八日, 收到通知后一个月内
bodies.py      银保监会办公厅, 商务部等14部门
addressees.py  各省、自治区、直辖市商务主管部门：
places.py      浙江省（含宁波市）, 原产于美国和日本
companies.py   其他美国公司 74.9%
phrases.py     what the glossary covers whole
words.py       A, B and C; one, two; the case of letters
"""
