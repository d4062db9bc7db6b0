"""The keys of an archive.org account."""

import re
from dataclasses import dataclass, field
from pathlib import Path

# As https://archive.org/account/s3.php gives them: letters and digits.
_KEYS = re.compile(r"([!-9;-~]+):([!-9;-~]+)")


@dataclass(frozen=True, slots=True)
class Keys:
    """The access key and the secret; neither is printed."""

    access: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def authorization(self) -> str:
        """The value of the header Authorization."""
        return f"LOW {self.access}:{self.secret}"


def read_keys(file: Path) -> Keys:
    """The keys in `file`: one line, ACCESS:SECRET. Raises ValueError, without what the file holds."""
    try:
        text = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not ASCII"
        raise ValueError(f"cannot be read: {why}") from None
    found = _KEYS.fullmatch(text)
    if found is None:
        raise ValueError("must hold one line ACCESS:SECRET, the keys of archive.org/account/s3.php")
    return Keys(found[1], found[2])
