"""What is open while a CLML file is read: the elements that hold parts, and what they hand down to those inside."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .model import Entry, Part, Provision, Status, Words

_RESTRICTING = frozenset(["RestrictStartDate", "RestrictEndDate", "RestrictExtent", "Status", "Match", "ConfersPower"])
"""Attributes that make an element's dates, extent or standing differ from those of what it stands in."""
_STATUSES: dict[str | None, Status] = {"Prospective": "prospective", "Repealed": "repealed", "Discarded": "discarded"}


class Standing(NamedTuple):
    """The dates, extent and status of an element, inherited by what it holds."""

    start: str = ""
    end: str = ""
    extent: str = ""
    status: Status = ""
    matches: bool = True
    power: bool = False

    def inside(self, attributes: dict[str, str]) -> Standing:
        """Return what holds inside an element: its own dates, extent and status, else those it stands in.

        Start and end come from the same element: one that has a start and no end is open-ended. One with an end
        alone takes its start from above; one that is itself prospective and has no start takes none.
        """
        if _RESTRICTING.isdisjoint(attributes):  # as for most
            return self
        get = attributes.get
        start, end = get("RestrictStartDate"), get("RestrictEndDate")
        own_status = _STATUSES.get(get("Status"))
        if own_status == "prospective" and start is None:
            start, end = "", end or ""
        return Standing(
            self.start if start is None else start,
            end or (self.end if start is None else ""),
            get("RestrictExtent") or self.extent,
            own_status or self.status,
            self.matches and get("Match") != "false",
            self.power or get("ConfersPower") == "true",
        )


class Place(NamedTuple):
    """Where in the instrument something stands: the nearest provision's path and kind, whether that is numbered
    (P1 to P7), and the path of the Schedule that it is in."""

    path: str = ""
    kind: str = ""
    numbered: bool = False
    schedule: str = ""


class Frame:
    """An element that is open.

    Args:
        name: its local name.
        attributes: its attributes.
        standing: its dates, extent and status.
        place: the provision that it stands in or, once that is settled, is.
    """

    role: Literal["", "provision", "list", "item", "title"] = ""
    iri = ""
    settled = True
    heading = ""
    headed = False
    headed_itself = False
    notes: tuple[str, ...] = ()
    number = ""
    number_shown = ""
    number_notes: tuple[str, ...] = ()
    joining = False

    def __init__(self, name: str, attributes: dict[str, str], standing: Standing, place: Place) -> None:
        self.name = name
        self.attributes = attributes
        self.standing = standing
        self.place = place
        self.parts: list[Part] = []

    def take_heading(self, heading: str, notes: tuple[str, ...]) -> None:
        """Take a heading, of which the first counts; one without words leaves that of what it stands in."""
        if not self.headed_itself:
            self.heading = heading or self.heading
            self.notes = self.notes + notes
            self.headed = self.headed_itself = True

    def put(self, part: Part) -> None:
        """Put a part after the others.

        A list without numbers that follows a provision ending in a dash is that provision's list, and so is the text
        after that list, although both stand beside it in the file (Housing Act 2004, s. 270(12)).
        """
        parts = self.parts
        last = parts[-1] if parts else None
        if isinstance(last, Provision) and (
            (isinstance(part, Entry) and (self.joining or _ends_open(last)))
            or (self.joining and isinstance(part, Words))
        ):
            parts[-1] = last._replace(content=(*last.content, part))
            self.joining = True
        else:
            parts.append(part)
            self.joining = False

    def put_all(self, parts: list[Part]) -> None:
        """Put parts after the others, one by one."""
        for part in parts:
            self.put(part)


def _ends_open(provision: Provision) -> bool:
    last = provision.content[-1] if provision.content else None
    return isinstance(last, Words) and last.text.endswith(("—", "–", ":"))
