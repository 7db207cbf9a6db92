"""A post is not its office, and a deputy is not the post: what a name may be taken for in a comparison."""

from __future__ import annotations

import re

_OTHER = re.compile(r"\b(?P<other>office of|deputy|assistant|former)\b", re.IGNORECASE)


def names_another(name: str, label: str) -> bool:
    """Say whether a name is that of an office, deputy, assistant or former holder, and the thing found is not.

    Names are found forgivingly, so that "Office of the Commissioner" may come to the commissioner. What the law or
    the register says of the one says nothing of the other.

    >>> names_another("Office of the Mayor of Quill", "Mayor of Quill")
    True
    >>> names_another("Deputy Mayor of Quill", "Deputy Mayor of Quill")
    False
    """
    wanted = {match["other"].casefold() for match in _OTHER.finditer(name)}
    return not wanted <= {match["other"].casefold() for match in _OTHER.finditer(label)}
