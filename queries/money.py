"""Who funds whom: what is drawn as money flows on the map of a place, a partnership or a body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..dates import say_date, say_interval
from ..errors import BadInput
from ..graph.networks import PAYS, Edge, Network
from ..graph.pictures import money_flows, say_pounds
from ..graph.store import GraphStore
from .drafts import Draft
from .rows import Row, run


def draw_money(store: GraphStore, on: date, things: Sequence[str], title: str) -> Network:
    """Return who pays things, or is paid by them, on a date.

    Args:
        store: the graph.
        on: the day; awards whose period holds it count, whole, and those without a period.
        things: IRIs of bodies and partnerships.
        title: what the map is of.

    Raises:
        BadInput: if no money is held for that day.
    """
    awards: dict[str, list[Row]] = {}
    for row in run(store, "map-money", {"thing": things, "on": on}) if things else []:
        awards.setdefault(row["award"], []).append(row)
    if not awards:
        raise BadInput(
            f"No money is held for {title} on {say_date(on)}: that is a gap in dutygraph, not an answer that nobody "
            "pays. Awards have periods, so another day may have more: --on DATE"
        )
    draft = Draft(store, on)
    flows: dict[tuple[str, str], list[list[Row]]] = {}
    for rows in awards.values():
        flows.setdefault((rows[0]["funder"], rows[0]["recipient"]), []).append(rows)
    for (funder, recipient), held in flows.items():
        draft.want((funder, recipient))
        draft.edges.append(_flow(funder, recipient, held))
    unknown = sum("amount" not in rows[0] for rows in awards.values())
    if unknown:
        draft.notes.append(f"The amount of {unknown} of {len(awards)} awards is not held: their lines are thin.")
    draft.notes.append(
        "An amount is that of the whole award, not of a year of it. A sum counts money twice where a source gives a "
        "total and its parts, or where money is passed on."
    )
    return money_flows(draft.finish(title, "Who funds whom, and with how much.", (), ()))


def _flow(funder: str, recipient: str, awards: Sequence[Sequence[Row]]) -> Edge:
    """All awards from one to another as one line, each said on a line of its own."""
    return Edge(
        funder,
        recipient,
        PAYS,
        "\n".join(_said(rows[0]) for rows in awards),
        "pays",
        support=Draft.join(Draft.row_support(row) for rows in awards for row in rows),
        amount=float(sum((Decimal(rows[0].get("amount", "0")) for rows in awards), Decimal(0))),
    )


def _said(row: Row) -> str:
    amount = say_pounds(float(row["amount"])) if "amount" in row else "an amount that is not held"
    parts = [f"for {row['purpose']}" if "purpose" in row else "", f"({row['fund']})" if "fund" in row else ""]
    when = say_interval(row.get("validFrom"), row.get("validUntil"))
    return " ".join(part for part in (amount, *parts, when) if part) + "."
