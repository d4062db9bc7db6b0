"""What a text calls a document from there on: 以下简称《办法》, 以下统称“通知”."""

from shared.chinese.form import Form, Forms

# Up to the name.
CALLED = "以下(?:统|合|并)?(?:简)?称(?:为)?"
ALIASES = Forms(
    Form(
        "alias",
        rf"{CALLED}[：:]?\s?[“\"‘《]?(?P<alias>[^”\"’》（）《，,。；]{{2,24}})",
        yes=("以下简称《办法》", "以下合称为“两个公告”", "以下称管制条例"),
        no=("以下简要说明",),
    )
)
