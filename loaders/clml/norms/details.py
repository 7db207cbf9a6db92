"""Condition, deadline and counterparty of a norm, read off the words of its sentence."""

from __future__ import annotations

import re

_LEADING = re.compile(
    r"^(?:(?:but|and|or),? )?((?:if|where|when|unless|before|after|once|subject to|except|in the case of|"
    r"on (?:an?|the) \w+|until|as soon as|"
    r"so long as|so far as|within|at the end of|for the purposes? of)\b.*)$",
    re.I | re.S,
)
_TRAILING = re.compile(
    r"(?:,\s*)?\b((?:only )?(?:if|unless|where|provided that|subject to|except (?:where|if|with|in)|"
    r"with the (?:consent|agreement|approval) of|"
    r"in so far as|so long as|before (?:they|he|it|making|giving|taking|doing)|once|until)\b[^;]*)",
    re.I,
)
_DEADLINE = re.compile(
    r"\b((?:within (?:the )?(?:period of |a period of |a reasonable|such|\w+ (?:days?|weeks?|months?|years?)|"
    r"the period)|not (?:later|earlier|less|more) than|no (?:later|earlier) than|"
    r"at least \w+ (?:days?|weeks?|months?)|before the end of|by the end of|"
    r"as soon as (?:is )?(?:reasonably )?(?:practicable|possible)|without (?:undue )?delay|forthwith|"
    r"immediately|at the earliest|each year|every year|in each (?:financial )?year|from time to time)\b[^,;.—]*)",
    re.I,
)
_TOWARD = re.compile(
    r"^(?:consult|notify|inform|co-operate with|cooperate with|advise|reimburse|compensate|pay|warn|tell|"
    r"consult with)"
    r"(?: (?:also|with|such of))? ((?:the|an?|any|each|every|such|that|those|all|his|its|their|persons?|"
    r"members)\b[^,;.—]*)|"
    r"\b(?:given?|sen[dt]|submit(?:ted)?|suppl(?:y|ied)|provided?|pa(?:y|id)|report(?:ed)?|notif(?:y|ied)|"
    r"refer(?:red)?|apply|appeal|deliver(?:ed)?|"
    r"transmit(?:ted)?|make (?:a )?(?:report|representations|payments)|disclosed?|furnish(?:ed)?|"
    r"owed)\b[^;.—]{0,80}? to "
    r"((?:the|an?|any|each|every|such|that|those|all|his|its|their|persons?)\b[^,;.—]*)|"
    r"\bserved?\b[^;.—]{0,80}? (?:on|upon) ((?:the|an?|any|each|every|such|that|those|all|his|its|their|"
    r"persons?)\b[^,;.—]*)",
    re.I,
)
_CUT = re.compile(
    r"\s(?:which|who|whom|that|if|unless|where|before|after|within|under|in accordance|in such|about|in respect|"
    r"in relation|as)\b.*",
    re.I | re.S,
)


def condition(before: str, action: str, listed: str = "") -> str | None:
    """Return the words on which a norm depends: those before its subject, else those after its verb.

    Args:
        before: the words of the sentence before the subject.
        action: the words from the verb on.
        listed: the list that follows, for a condition that ends in a dash.

    >>> condition("If the notice is quashed, ", "repay the fee")
    'If the notice is quashed'
    >>> condition("", "vary the notice if the owner agrees")
    'if the owner agrees'
    >>> condition("", "keep a register")
    """
    found = _LEADING.match(before.strip(" ,—"))
    if found:
        return found[1].strip(" ,—")
    found = _TRAILING.search(action)
    if not found:
        return None
    words = found[1].strip()
    return (f"{words} {listed}" if words.endswith("—") else words).strip(" ,—.;")


def deadline(words: str) -> str | None:
    """Return the words on when the action is to be done.

    >>> deadline("must, within 28 days of the request, send a copy")
    'within 28 days of the request'
    """
    found = _DEADLINE.search(words)
    return found[1].strip() if found else None


def toward(action: str) -> str | None:
    """Return to whom the action is owed, or who is consulted, notified, paid or served.

    >>> toward("consult the fire authority before acting"), toward("serve a notice on the owner within 7 days")
    ('the fire authority', 'the owner')
    >>> toward("keep a register")
    """
    found = _TOWARD.search(action)
    if not found:
        return None
    words = next(group for group in found.groups() if group)
    return _CUT.sub("", " " + words).strip() or None
