"""Countries and regions by the names that MOFCOM prints, longest first."""

import re

_NAMES = """
美国 美利坚合众国 日本 韩国 朝鲜 印度 印度尼西亚 印尼 马来西亚 新加坡 泰国 越南 菲律宾 缅甸 柬埔寨 老挝
巴基斯坦 孟加拉国 斯里兰卡 蒙古 哈萨克斯坦 乌兹别克斯坦 土库曼斯坦 吉尔吉斯斯坦 塔吉克斯坦
台湾地区 中国台湾地区 中国台湾 台湾 香港 澳门 中国香港 中国澳门 港澳地区
俄罗斯 乌克兰 白俄罗斯 欧盟 欧洲联盟 英国 德国 法国 意大利 西班牙 葡萄牙 荷兰 比利时 卢森堡 爱尔兰
丹麦 瑞典 芬兰 挪威 冰岛 瑞士 奥地利 波兰 捷克 斯洛伐克 匈牙利 罗马尼亚 保加利亚 希腊 立陶宛
拉脱维亚 爱沙尼亚 克罗地亚 斯洛文尼亚 塞尔维亚 土耳其 以色列 伊朗 伊拉克 沙特阿拉伯 沙特 阿联酋
阿拉伯联合酋长国 卡塔尔 科威特 阿曼 叙利亚 约旦 黎巴嫩 也门 阿富汗 埃及 利比亚 苏丹 南苏丹 南非
尼日利亚 肯尼亚 埃塞俄比亚 刚果（金） 索马里 厄立特里亚 几内亚 加拿大 墨西哥 巴西 阿根廷 智利
秘鲁 哥伦比亚 委内瑞拉 乌拉圭 巴拉圭 厄瓜多尔 古巴 澳大利亚 新西兰 东盟
"""
PLACES: tuple[str, ...] = tuple(sorted(_NAMES.split(), key=len, reverse=True))
# One of them, as part of a pattern.
PLACE = "(?:" + "|".join(re.escape(place) for place in PLACES) + ")"
