"""Write files of the shape of the national powers-and-duties extract, from a seed: rows, actors, lengths, defects.

    python bench/generate_powers_duties.py FOLDER --rows 100000 [--files 4] [--seed 1]

The real extract has 1,841,827 rows in 32 files, about 1.1 GB: 29,717 enactments, each at one day of 17; 56 % duties;
79 % explicit, 79 % primary; 2.3 % of the duties with 2 to 43 rows for the aliases of their actor; about 3 % of the
rows with a ``duty_uri`` of another row. Actors follow Zipf's law. The words are invented from a fixed list, with
Zipf's law too; nothing here is text of an Act. At the full size run with ``--rows 1841827 --files 32``.
"""

from __future__ import annotations

import argparse
import csv
import random
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

HEADER = [
    "dutyTempId",
    "duty_uri",
    "enactment",
    "enactmentTitle",
    "enactmentYear",
    "enactmentType",
    "enactmentNum",
    "section",
    "subsection",
    "actor",
    "actorIsBody",
    "actorIsAlias",
    "actorDefinition",
    "body_uri",
    "modality",
    "action",
    "condition",
    "inference",
    "priority",
]
LEG = "http://www.legislation.gov.uk/id/"
TYPES = ("ukpga", "uksi", "eur", "ssi", "asp", "nisi", "nisr", "wsi", "ukla", "eudr", "anaw", "asc", "apni")
WEIGHTS = (25, 40, 10, 8, 3, 3, 4, 3, 1, 1, 1, 1, 1)
SPELLED = {"eudr": "EuropeanUnionDirective", "asp": "ScottishAct", "apni": "NorthernIrelandParliamentAct"}
DAYS = [f"2025-{month:02}-{day:02}" for month in (10, 11, 12) for day in (7, 13, 14, 24)] + [
    "2026-01-23", "2026-01-30", "2026-02-12", "2026-03-24", "2026-03-27",
]  # fmt: skip
KNOWN_ACTORS = (
    "Secretary of State", "undertaker", "person", "court", "local authority", "Department", "Scottish Ministers",
    "Welsh Ministers", "Treasury", "Commission", "Member State", "Registrar", "chief officer of police", "constable",
    "responsible authority", "licence holder", "employer", "operator", "applicant", "tribunal",
)  # fmt: skip
HEADS = ("authority", "officer", "board", "holder", "committee", "operator", "body", "inspector", "tribunal", "owner")
SYLLABLES = ("re", "con", "sta", "ment", "li", "per", "tor", "ven", "dis", "ac", "pro", "no", "ti", "fy", "ser", "va")


class Zipf:
    """Chooses among things so that the n-th is chosen about 1/n as often as the first."""

    def __init__(self, things: list[str], chance: random.Random, power: float = 1.0) -> None:
        self._things = things
        self._sums = list(accumulate(1 / (n + 1) ** power for n in range(len(things))))
        self._chance = chance

    def one(self) -> str:
        """Choose one."""
        return self._things[bisect_left(self._sums, self._chance.random() * self._sums[-1])]

    def some(self, count: int) -> str:
        """Choose several, with spaces between."""
        return " ".join(self.one() for _ in range(count))


def words(chance: random.Random, count: int = 6000) -> list[str]:
    """Invent words, beginning with some that duties are made of."""
    real = "the of to a in notice report licence consult publish keep register make order give person serve plan review"
    made = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(count))
    return real.split() + sorted(set(made), key=lambda _word: chance.random())


class Generator:
    """Makes rows, the same for the same seed."""

    def __init__(self, seed: int, rows: int) -> None:
        self.chance = random.Random(seed)
        vocabulary = words(self.chance)
        self.words = Zipf(vocabulary, self.chance, 0.9)
        more = [f"{self.chance.choice(vocabulary)} {self.chance.choice(HEADS)}" for _ in range(max(200, rows // 60))]
        self.actors = Zipf([*KNOWN_ACTORS, *dict.fromkeys(more)], self.chance)
        self.rows = rows
        self.id = 500_000

    def all_rows(self) -> Iterator[list[str]]:
        """Yield the rows, those of one enactment together."""
        written, number = 0, 0
        while written < self.rows:
            number += 1
            for row in self._enactment(number):
                if written == self.rows:
                    return
                written += 1
                yield row

    def _enactment(self, number: int) -> Iterator[list[str]]:
        chance = self.chance
        kind = chance.choices(TYPES, WEIGHTS)[0]
        year, day = str(chance.randint(1950, 2025)), chance.choice(DAYS)
        reign = kind == "ukpga" and chance.random() < 0.002
        path = f"{kind}/Eliz2/{int(year) % 10}-{int(year) % 10 + 1}/{number}" if reign else f"{kind}/{year}/{number}"
        title = f"{self.words.some(4).title()} {'Act' if kind in ('ukpga', 'asp') else 'Regulations'} {year}"
        spelled = SPELLED.get(kind, kind) if chance.random() < 0.5 else kind
        folder = "obligations" if day == "2026-03-24" else "duties"
        shared = [
            f"{LEG}{path}",
            title,
            path.split("/", 1)[1].rsplit("/", 1)[0] if reign else year,
            spelled,
            str(number),
        ]
        here = [self.actors.one() for _ in range(chance.randint(2, 9))]
        place = "section" if kind in ("ukpga", "asp", "ukla", "anaw", "asc", "apni") else "regulation"
        section = 1
        for n in range(1, min(2000, int(chance.paretovariate(0.9) * 12)) + 1):
            section += chance.random() < 0.4
            modality = "duty" if chance.random() < 0.56 else "power"
            uri = f"{LEG}{folder}/{path}/{day}/{modality}/{n:04}"
            yield from self._duty(uri, shared, f"{LEG}{path}/{place}/{section}", chance.choice(here), modality)

    def _duty(self, uri: str, shared: list[str], section: str, actor: str, modality: str) -> Iterator[list[str]]:
        chance = self.chance
        self.id += chance.randint(1, 3)
        luck = chance.random()
        sub = "" if luck < 0.3 else str(chance.randint(1, 9)) + (f"|{chance.randint(10, 12)}" if luck > 0.95 else "")
        action = self.words.some(chance.randint(8, 26))
        condition = self.words.some(chance.randint(6, 20)) if chance.random() < 0.6 else ""
        if chance.random() < 0.02:
            action = action.replace(" ", "\n", 1)
        definition = self.words.some(25) if chance.random() < 0.03 else ""
        readings = [
            "explicit" if chance.random() < 0.79 else "implicit",
            "primary" if chance.random() < 0.79 else "secondary",
        ]
        if luck < 0.00002:
            modality, action, readings = "Missing", "Missing", ["Missing", "Missing"]
        elif luck > 0.99998:
            modality = chance.choice(("duty|power", "power and duty"))
        aliases = [f"{actor} {n}" for n in range(chance.randint(2, 43) if chance.random() < 0.002 else 2)]
        aliases = aliases if chance.random() < 0.023 else [f"{actor} body" if chance.random() < 0.15 else ""]
        for alias in aliases:
            body = f"{LEG}organisation/{actor.title().replace(' ', '')}_UnitedKingdom" if chance.random() < 0.09 else ""
            is_body = alias if alias and chance.random() < 0.002 else ""
            yield [
                str(self.id), uri, *shared, section, sub, actor, is_body, alias, definition, body, modality, action,
                condition, *readings,
            ]  # fmt: skip
        if chance.random() < 0.02:
            self.id += 1
            again = action if chance.random() < 0.5 else self.words.some(12)
            yield [
                str(self.id),
                uri,
                *shared,
                section,
                sub,
                actor,
                "",
                "",
                "",
                "",
                modality,
                again,
                condition,
                *readings,
            ]


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    rows = Generator(given.seed, given.rows).all_rows()
    share = -(-given.rows // given.files)
    for part in range(given.files):
        path = given.folder / f"duties_20260330_part{part + 1:02}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(islice(rows, share))


if __name__ == "__main__":
    main()
