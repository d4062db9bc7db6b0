"""What official documents do, by the verbs that say so."""

# To issue a document: 公布 and 颁布 of laws and orders, 发布 of announcements, 印发 and 下发 to bodies below, 签发.
ISSUE = "(?:公布|发布|印发|颁布|下发|签发)"
# … with the words beside it: 联合发布了, 分别公布的.
ISSUED = rf"(?:联合|分别)?{ISSUE}(?:的|了)?"
