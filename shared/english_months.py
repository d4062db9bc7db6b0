"""The months in English, whole and abbreviated."""

_NAMES = (
    "January Jan",
    "February Feb",
    "March Mar",
    "April Apr",
    "May",
    "June Jun",
    "July Jul",
    "August Aug",
    "September Sept Sep",
    "October Oct",
    "November Nov",
    "December Dec",
)
# 1 to 12, by name.
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
# A pattern of the names, of each month the longest first.
MONTH = "|".join(MONTHS)
