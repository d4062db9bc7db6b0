"""Rows in the forms that annexes have: control lists, entity lists, tariff tables. The names are made up."""

ITEMS = [
    ["序号", "物项名称及描述", "参考海关商品编号", "控制编码"],
    ["1", "镓相关物项：纯度高于99.9999%的镓金属（单质）", "8110101010、8112921010", "3C301.a"],
    ["2", "氮化镓（包括但不限于晶片、粉末、碎料等形态）", "2850001901", "3C302.b"],
    ["3", "钨酸铵（偏钨酸铵除外）", "2841801000", "1C117.d"],
    ["4", "含钬、铒、铥、铕、镱的靶材", "8486909110", "1C902"],
    ["5", "无人驾驶航空器（最大续航时间30分钟以上，航程10 km）", "8806221011", "9A012"],
    ["6", "活动物（哺乳动物、鸟及爬行动物除外）", "0106", "—"],
    ["7", "碲化镉（单晶、多晶及晶片）", "2842902000", "6C002.a"],
    ["8", "未锻轧铟；铟粉末", "8112923010", "3C304"],
    ["9", "Superconducting wire, 超导线材 “Nb3Sn”", "8544492100", "1C005.b"],
    ["10", "高速摄像机（每秒100 000帧以上）", "9006530000", "6A003"],
]
ITEMS_TITLE = "附件1：出口管制物项清单"

CLASSES = [
    ["类别", "物项名称", "编码", "编码"],
    ["类别", "物项名称", "海关商品编号", "控制编码"],
    ["一、材料", "金属镓", "8112921010", "3C301.a"],
    ["一、材料", "氧化镓", "2825909001", "3C301.b"],
    ["一、材料", "磷化铟", "2853904051", "3C304.a"],
    ["二、设备", "离子注入机", "8486202100", "3B001"],
    ["二、设备", "（保留）", "（保留）", "（保留）"],
]

ENTITIES = [
    ["序号", "实体名称", "英文名称", "地址"],
    *(
        [str(number), f"{zh}公司", f"{en} Co., Ltd.", address]
        for number, (zh, en, address) in enumerate(
            (
                ("奥林防务系统", "Orlin Defense Systems", "12 Harbor Street, Portland"),
                ("北岸航空科技", "Northshore Aero Tech", "7 Mill Road, Tacoma"),
                ("赛瑞斯动力", "Cyrus Dynamics", "阿灵顿市橡树街3号"),
                ("海拓无人系统", "Haytor Unmanned Systems", "1 Kent Avenue, Dover"),
                ("布莱顿材料", "Brighton Materials", "99 Elm Street, Salem"),
                ("卡斯帕传感", "Caspar Sensing", "4 Lake View, Aurora"),
                ("德尔塔光电", "Delta Photonics", "501 Main Street, Austin"),
                ("恩格尔推进", "Engel Propulsion", "8 Park Lane, Mesa"),
                ("弗兰肯雷达", "Franken Radar", "66 West Road, Boise"),
                ("格林威治航天", "Greenwich Space", "23 Orchard Hill, Reno"),
                ("霍克海事", "Hawk Maritime", "10 Dock Street, Mobile"),
                ("伊利斯通信", "Ellis Communications", "2 River Bend, Toledo"),
                ("杰斐逊装甲", "Jefferson Armor", "31 Cedar Court, Macon"),
                ("基石半导体", "Keystone Semiconductor", "77 Valley Way, Provo"),
                ("兰开斯特导航", "Lancaster Navigation", "5 Bridge Street, Erie"),
            ),
            1,
        )
    ),
]
ENTITIES_TITLE = "附件2：管控名单（共15家）"

DUTIES = [
    ["税则号列", "商品名称", "最惠国税率", "暂定税率", "实施日期"],
    ["0106", "其他活动物", "10%", "0%", "2025-01-01"],
    ["02071411", "冻的整鸡腿", "12.5%", "6.25%", "2025-01-01"],
    ["28046117", "直径在30厘米及以上的单晶硅棒", "4%", "2%", "2025-07-01"],
    ["8112921010", "未锻轧镓", "3%", "0.5%", "2026-01-01"],
]

NOTE = "注：编号供参考，以物项描述为准。"
