"""Score the facts found in papers against hand-made annotations, by the matching rule of their guide.

    python bench/score_papers.py ../shared/gold/papers ../shared/papers [--misses KIND] [--extras KIND]

The guide is the README.md beside the annotations. Matching is one to one within a paper and a kind, best pairs first.
For the core score, predictions that match an annotation of the tier "detail" are left out of the count.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dutygraph.facts import find_facts
from dutygraph.loaders.papers.reading import read_paper

Row = dict[str, Any]
KINDS = ("legislation", "abbreviation", "funding", "membership", "structure", "product", "duty", "role_holder")
TARGETS = dict(zip(KINDS, (0.90, 0.90, 0.85, 0.70, 0.70, 0.65, 0.60, 0.75), strict=True))
GROUPS = ({"coordinates", "hosts"}, {"subGroupOf", "partOf"}, {"prepares", "owns", "publishes"})
STOP = {
    *("a", "an", "the", "of", "and", "or", "to", "for", "in", "on", "at", "by", "with", "from", "that", "which", "who"),
    *("its", "their", "his", "her", "as", "is", "are", "be", "into", "under", "this", "any"),
}


@cache
def folded(text: str) -> str:
    text = re.sub(r"<[^>]+>|\*", "", text.casefold().replace("&", " and "))
    text = re.sub(r"[’']s\b|s[’'](?= |$)|[’']", "", text)
    text = text.replace("combatting", "combating").replace("advisor", "adviser").replace("her majesty", "his majesty")
    return " ".join(re.sub(r"[^a-z0-9£.%]+", " ", text).split())


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(text))


def stem(word: str) -> str:
    return re.sub(r"(?:ations?|ing|ies|ied|es|ed|s|e|y|ment)$", "", word) if len(word) > 4 else word.rstrip("s")


@cache
def words(text: str, stemmed: bool = False) -> frozenset[str]:
    found = [word.strip(".") for word in folded(text).split() if word not in STOP]
    return frozenset(stem(word) if stemmed else word for word in found if word)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def expand(text: str, shorts: dict[str, str]) -> str:
    return re.sub(
        r"\b[A-Z][\w&/]*[A-Z]s?\b", lambda match: shorts.get(match[0], shorts.get(match[0].rstrip("s"), match[0])), text
    )


def place_added(one: frozenset[str], other: frozenset[str], places: set[str]) -> bool:
    """Whether one name is the other with a place added; a single common word is no name."""
    small, large = sorted((one, other), key=len)
    return len(small) >= 1 and small < large and large - small <= places


CLASSES = [
    words(name)
    for name in (
        "Police and Crime Commissioner",
        "Police and Crime Commissioners",
        "Community Safety Partnership",
        "Community Safety Partnerships",
        "Police and Crime Panel",
        "Chief Constable",
        "police",
    )
]


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Post against office, or a general class against a named local body: near, and not counted."""
    if ("office" in one) != ("office" in other):
        return True
    return (one in CLASSES) != (other in CLASSES) and (one < other or other < one)


def name_score(one: str, other: str, shorts: dict[str, str], places: set[str]) -> float:
    one, other = expand(one, shorts), expand(other, shorts)
    if folded(one) == folded(other):
        return 1.0
    first, second = words(one), words(other)
    if near(first, second):
        return 0.0
    score = overlap(first, second)
    if score >= 0.75:
        return score
    return 0.76 if place_added(first, second, places) else 0.0


def same_relation(gold: Row, mine: Row) -> bool:
    one, other = gold["relation"], mine["relation"]
    if one == other:
        return True
    if {one, other} == {"memberOf", "attendsAsGuest"}:
        return gold["certainty"] == "implied"
    return any({one, other} <= group for group in GROUPS)


def quotes_overlap(one: str, other: str) -> bool:
    """Whether two quotations share a run of at least half of the shorter."""
    first, second = folded(one).split(), folded(other).split()
    small, large = sorted((first, second), key=len)
    need = max(3, (len(small) + 1) // 2)
    text = " ".join(large)
    return any(" ".join(small[start : start + need]) in text for start in range(max(1, len(small) - need + 1)))


def dates_agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def pair_score(gold: Row, mine: Row, shorts: dict[str, str], places: set[str]) -> float:
    if not same_relation(gold, mine):
        if {gold["relation"], mine["relation"]} == {"amends", "amendedBy"}:
            mine = mine | {"subject": mine["object"], "object": mine["subject"]}
        else:
            return 0.0
    if not dates_agree(gold.get("on"), mine.get("on")):
        return 0.0
    if gold["kind"] == "funding":
        if gold["value"] != mine["value"] and not (
            gold["value"] and mine["value"] and abs(gold["value"] - mine["value"]) < 0.005
        ):
            return 0.0
    elif gold["value"] is not None and mine["value"] is not None and gold["value"] != mine["value"]:
        return 0.0
    if gold["relation"] == "alsoKnownAs" and not name_score(gold["subject"], mine["subject"], shorts, places):
        mine = mine | {"subject": mine["object"], "object": mine["subject"]}  # another name works in either direction
    subject = name_score(gold["subject"], mine["subject"], shorts, places)
    if gold["kind"] == "legislation" and gold["relation"] == "cites":
        subject = 1.0
    if gold["kind"] == "abbreviation":
        subject = 1.0 if folded(gold["subject"]) == folded(mine["subject"]) else 0.0
    if not subject:
        return 0.0
    if gold["kind"] == "duty":
        action = overlap(words(expand(gold["object"], shorts), True), words(expand(mine["object"], shorts), True))
        quoted = quotes_overlap(gold["quote"], mine["quote"])
        return subject + action if action >= 0.5 or quoted else 0.0
    printed = [gold["object"], *gold.get("as_printed", "").split("; ")]
    theirs = [mine["object"], *mine.get("as_printed", "").split("; ")]
    obj = max(name_score(one, other, shorts, places) for one in printed if one for other in theirs if other)
    if gold["kind"] == "legislation" and obj < 1.0:
        obj = (
            1.0
            if any(bare(one) == bare(other) for one in printed for other in theirs if one and other)
            else (obj if gold["relation"] != "cites" else 0.0)
        )
    same_quote = 0.1 if quotes_overlap(gold["quote"], mine["quote"]) else 0.0
    return subject + obj + same_quote if obj else 0.0


def match(gold: list[Row], mine: list[Row], shorts: dict[str, str], places: set[str]) -> dict[int, int]:
    pairs = sorted(
        (
            (score, -g, -m)
            for g, one in enumerate(gold)
            for m, two in enumerate(mine)
            if (score := pair_score(one, two, shorts, places))
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _score, g, m in pairs:
        if -g not in matched and -m not in taken:
            matched[-g] = -m
            taken.add(-m)
    return matched


def rate(hits: int, predicted: int, wanted: int) -> tuple[float, float, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def facts_of(path: Path) -> tuple[str, list[Row]]:
    paper = read_paper(path)
    text = " ".join(path.read_text(encoding="utf-8").split())
    rows = [fact.row(paper.doc) for fact in find_facts(paper)]
    for row in rows:
        if " ".join(row["quote"].split()) not in text:
            print("NOT IN THE PAPER:", row["quote"])
    return text, rows


def places_in(text: str) -> set[str]:
    """Words of place names that the paper gives: of counties, districts and forces, by the names that follow them."""
    found = re.findall(
        r"((?:[A-Z][a-z]+(?:-[a-z]+-[A-Z][a-z]+)?(?: (?:and|&|upon|on) )? ?){1,4})"
        r"(?:Police|Council|Borough|District|County|Community Safety|CSP|PCC)\b",
        text,
    )
    words_found = {word.casefold() for name in found for word in name.split() if word[0].isupper()}
    return words_found - {
        "county",
        "city",
        "borough",
        "district",
        "police",
        "community",
        "the",
        "chief",
        "safety",
        "town",
        "council",
    }


def score(golds: Path, papers: Path, options: argparse.Namespace) -> None:
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for gold_file in sorted(golds.glob("*.jsonl")):
        paper = next(papers.glob(gold_file.stem + "*"))
        text, mine = facts_of(paper)
        gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines() if line.strip()]
        shorts = {row["subject"]: row["object"] for row in gold if row["kind"] == "abbreviation"}
        places = places_in(text)
        for kind in KINDS:
            wanted = [row for row in gold if row["kind"] == kind]
            given = [row for row in mine if row["kind"] == kind]
            matched = match(wanted, given, shorts, places)
            for tier in ("core", "all"):
                in_tier = [g for g, row in enumerate(wanted) if tier == "all" or row["tier"] == "core"]
                hits = sum(g in matched for g in in_tier)
                left_out = len(matched) - hits
                counted = tally[tier, kind]
                counted[0] += hits
                counted[1] += len(given) - left_out
                counted[2] += len(in_tier)
            show(kind, options, wanted, given, matched)
    print_table(tally)


def line(row: Row) -> str:
    ends = f"{row['subject']} | {row['relation']} | {row['object']} | {row['value']}"
    return f"{ends} | {row['locator']} | {row['quote'][:120]}"


def show(kind: str, options: argparse.Namespace, wanted: list[Row], given: list[Row], matched: dict[int, int]) -> None:
    if options.misses in (kind, "all"):
        for g, row in enumerate(wanted):
            if g not in matched and (row["tier"] == "core" or options.detail):
                print("MISS ", row["doc"], kind, line(row))
    if options.extras in (kind, "all"):
        for m, row in enumerate(given):
            if m not in matched.values():
                print("EXTRA", row["doc"], kind, f"[{row['rule']}]", line(row))
    if options.hits in (kind, "all"):
        for g, m in matched.items():
            print(
                "HIT  ",
                given[m]["doc"],
                wanted[g]["tier"],
                line(given[m]),
                "<=>",
                wanted[g]["subject"],
                "|",
                wanted[g]["object"],
            )


def print_table(tally: dict[tuple[str, str], list[int]]) -> None:
    print(
        f"{'kind':14}{'tier':>6}{'right':>7}{'found':>7}{'wanted':>8}{'precision':>11}{'recall':>8}{'F1':>7}{'target':>8}"
    )
    for tier in ("core", "all"):
        total = [0, 0, 0]
        rates = []
        for kind in KINDS:
            counted = tally[tier, kind]
            total = [one + other for one, other in zip(total, counted, strict=True)]
            figures = rate(*counted)
            rates.append(figures[2])
            target = f"{TARGETS[kind]:8.2f}" if tier == "core" else ""
            print(
                f"{kind:14}{tier:>6}{counted[0]:7}{counted[1]:7}{counted[2]:8}{figures[0]:11.2f}{figures[1]:8.2f}{figures[2]:7.2f}{target}"
            )
        micro = rate(*total)
        print(
            f"{'micro':14}{tier:>6}{total[0]:7}{total[1]:7}{total[2]:8}{micro[0]:11.2f}{micro[1]:8.2f}{micro[2]:7.2f}"
        )
        print(f"{'macro':14}{tier:>6}{'':41}{sum(rates) / len(rates):6.2f}")


def arguments() -> Iterator[argparse.Namespace]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("golds", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--misses", default="", help="show the annotations of this kind (or all) that were not found")
    parser.add_argument("--extras", default="", help="show the facts of this kind (or all) that match no annotation")
    parser.add_argument("--hits", default="", help="show the pairs of this kind (or all)")
    parser.add_argument("--detail", action="store_true", help="with --misses: those of the tier detail too")
    yield parser.parse_args()


if __name__ == "__main__":
    for chosen in arguments():
        score(chosen.golds, chosen.papers, chosen)
