"""Score ``dutygraph norms`` against hand-annotated provisions, by the annotation guide's matching rule.

    python bench/score_norms.py GOLD.jsonl FOLDER_OF_XML [--provisions section/3,section/4] [--errors]

Prints precision, recall and F1 by kind, by hard case and by rule, and the recall on norms without a stated agent.
The package itself never reads such a file.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from dutygraph.loaders.clml.norms import norms
from dutygraph.loaders.clml.reader import read_document

ARTICLES = re.compile(
    r"^(?:(?:the|a|an|any|each|every|no|such|all|that|those|this|these|either|both|some|neither|only)\s+)+"
)
RELATIVE = re.compile(
    r"\s+(?:who|whom|which|that|whose|where|(?:on|to|by|in|for|from|with|of|under|against) (?:whom|which|whose))\b.*"
)
IRREGULAR = {
    "be": {"be", "is", "are"},
    "have": {"have", "has", "had"},
    "give": {"given"},
    "make": {"made"},
    "take": {"taken"},
    "send": {"sent"},
    "keep": {"kept"},
    "pay": {"paid"},
    "hold": {"held"},
    "bring": {"brought"},
    "do": {"done", "do"},
    "set": {"set"},
    "put": {"put"},
    "lay": {"laid"},
    "find": {"found"},
    "bear": {"borne"},
    "show": {"shown"},
    "draw": {"drawn"},
    "sell": {"sold"},
    "let": {"let"},
    "deal": {"dealt"},
    "write": {"written"},
    "withhold": {"withheld"},
    "withdraw": {"withdrawn"},
    "bind": {"bound"},
    "leave": {"left"},
    "read": {"read"},
    "spend": {"spent"},
    "lose": {"lost"},
    "lend": {"lent"},
}


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ss", "us", "premises")):
        return word
    return word[:-1] if word.endswith("s") else word


def normal(holder: str | None) -> set[str | None]:
    """Return the forms in which a holder is compared."""
    if holder is None:
        return {None}
    words = re.sub(r"[()\[\]“”\"‘]", "", holder.lower()).replace("’", "'").strip()
    words = re.sub(r"\s+", " ", ARTICLES.sub("", words))
    out: set[str | None] = set()
    for form in (words, RELATIVE.sub("", words)):
        out.add(" ".join(singular(word) for word in form.split()))
    return out


def forms(verb: str) -> set[str]:
    """Return the forms of a verb that may head an action."""
    made = {
        verb,
        verb + "s",
        verb + "ed",
        verb + "d",
        verb + "ing",
        verb + verb[-1] + "ed",
        verb + verb[-1] + "ing",
        verb[:-1] + "ied",
        verb[:-1] + "ing",
    }
    return made | IRREGULAR.get(verb, set())


def verb_matches(gold: dict[str, Any], action: str) -> bool:
    words = re.findall(r"[\w’'-]+", action.lower())[:6]
    for verb in [gold["verb"], *(gold.get("verb_alt") or [])]:
        if verb == "be":
            if words[:1] and words[0] in forms("be"):
                return True
        elif forms(verb) & set(words):
            return True
    return False


def path(iri: str) -> str:
    found = re.search(r"/id/[a-z]+/(?:\d{4}/\d+|[A-Za-z]\w*/[\w-]+/\d+)/(.*)$", iri)
    return found[1] if found else iri


def fits(gold: dict[str, Any], made: Any) -> bool:
    where = path(made.provision_iri)
    pin = gold["pinpoint"]
    if made.provision_iri != gold["provision_iri"] and where != pin and not where.startswith(pin + "/"):
        return False
    if made.kind != gold["kind"] and made.kind not in (gold.get("kind_alt") or []):
        return False
    accepted: set[str | None] = set()
    for one in [gold["holder"], *(gold.get("holder_alt") or [])]:
        accepted |= normal(one)
    return bool(normal(made.holder) & accepted) and verb_matches(gold, made.action)


def matching(golds: list[dict[str, Any]], made: list[Any]) -> dict[int, int]:
    """Return a largest one-to-one matching, prediction to gold."""
    edges = {at: [place for place, gold in enumerate(golds) if fits(gold, one)] for at, one in enumerate(made)}
    taken: dict[int, int] = {}

    def place(at: int, seen: set[int]) -> bool:
        for gold in edges[at]:
            if gold not in seen:
                seen.add(gold)
                if gold not in taken or place(taken[gold], seen):
                    taken[gold] = at
                    return True
        return False

    for at in edges:
        place(at, set())
    return {at: gold for gold, at in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--provisions", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    if options.provisions:
        rows = [row for row in rows if row["provision"] in options.provisions.split(",")]
    if options.without:
        rows = [row for row in rows if row["provision"] not in options.without.split(",")]
    report(rows, options.folder, options.errors)


def report(rows: list[dict[str, Any]], folder: Path, errors: bool) -> None:
    made_by_unit: dict[tuple[str, str], list[Any]] = defaultdict(list)
    units = {(row["file"], row["provision"]) for row in rows}
    for file in sorted({row["file"] for row in rows}):
        found = list(norms(read_document(folder / file)))
        for one in found:
            where = path(one.provision_iri)
            for unit in units:
                if unit[0] == file and (where == unit[1] or where.startswith(unit[1] + "/")):
                    made_by_unit[unit].append(one)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in sorted(units):
        golds = [row for row in rows if (row["file"], row["provision"]) == unit and row["kind"] != "none"]
        made = made_by_unit[unit]
        pairs = matching(golds, made)
        for at, gold in enumerate(golds):
            for group in groups(gold):
                table[group]["gold"] += 1
                table[group]["hit"] += at in pairs.values()
            if errors and at not in pairs.values():
                print(
                    "MISSED ",
                    unit[1],
                    "|",
                    gold["pinpoint"],
                    "|",
                    gold["kind"],
                    "|",
                    gold["holder"],
                    "|",
                    gold["action"],
                    "|",
                    gold.get("holder_alt"),
                )
        for at, one in enumerate(made):
            repeat = at not in pairs and any(fits(gold, one) for gold in golds)
            if repeat:
                continue
            for group in ("all", one.kind):
                table[group]["made"] += 1
                table[group]["right"] += at in pairs
            rules[one.rule]["made"] += 1
            rules[one.rule]["right"] += at in pairs
            if errors and at not in pairs:
                print(
                    "WRONG  ",
                    unit[1],
                    "|",
                    path(one.provision_iri),
                    "|",
                    one.kind,
                    "|",
                    one.holder,
                    "|",
                    one.action,
                    "|",
                    one.rule,
                )
    print_table(table, rules)


def groups(gold: dict[str, Any]) -> list[str]:
    made = ["all", gold["kind"]]
    if gold["holder"] is None:
        made.append("case: no agent stated")
    if not gold["provision_iri"].endswith(gold["pinpoint"]):
        made.append("case: list item")
    if re.match(r"be \w+(?:ed|en|ne|de|nt)\b", gold["action"]):
        made.append("case: passive")
    if gold["modal"] not in {"must", "may"}:
        made.append(f"case: modal “{gold['modal']}”")
    return made


def print_table(table: dict[str, Counter[str]], rules: dict[str, Counter[str]]) -> None:
    print(f"{'':36}{'gold':>6}{'made':>6}{'P':>7}{'R':>7}{'F1':>7}")
    for name in sorted(table, key=lambda name: (":" in name, name)):
        row = table[name]
        recall = row["hit"] / row["gold"] if row["gold"] else 0.0
        precision = row["right"] / row["made"] if row["made"] else None
        f1 = 2 * precision * recall / (precision + recall) if precision and recall else None
        shown = [f"{value:7.3f}" if value is not None else "      –" for value in (precision, recall, f1)]
        print(f"{name:36}{row['gold']:6}{row['made'] or '':>6}{''.join(shown)}")
    print("\nrule" + " " * 52 + "made  right")
    for name in sorted(rules, key=lambda name: -rules[name]["made"]):
        print(f"{name:56}{rules[name]['made']:4}  {rules[name]['right']:5}")


if __name__ == "__main__":
    main()
