"""Years and months in English texts."""

_FORMS = (
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
# The whole names, from January on.
NAMES = tuple(forms.split()[0] for forms in _FORMS)
# 1 to 12, by name.
MONTHS = {name: number for number, forms in enumerate(_FORMS, 1) for name in forms.split()}
# A pattern of a year.
YEAR = r"(?:19|20)\d\d"
# A pattern of the names, of each month the longest first.
MONTH = "|".join(MONTHS)
