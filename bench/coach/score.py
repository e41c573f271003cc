"""How often the coach is right: precision and recall over labelled statements, per rule and language.

    python -m bench.coach.score [--dev] [--results bench/coach/RESULTS.md]

`--dev` looks at the half that the rules were written with (`statements/`) and shows each miss. Without it the half that was
set aside before the rules were written (`aside/`) is scored, and only totals are printed. A rule counts for an item when it
can speak about that part: a hit is a rule that the item expects and the coach names.

Two controls go with it: a coach that says nothing, and one that says everything.
"""

import argparse
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")

from hearth.purpose import coach

HERE = Path(__file__).resolve().parent
INPUT = ("not_words", "other_language")
RULES_OF = {
    "who": ("who_everyone", *INPUT),
    "what": ("what_for_members", "what_long", "what_vague", *INPUT),
    "whats": ("what_for_members", "what_long", "what_vague", "what_same", *INPUT),
    "why": ("why_cold", "why_organisation", "why_no_value", *INPUT),
    "whole": coach.RULES,
}
BARS = {"precision": 0.85, "recall": 0.80}

Item = Mapping[str, Any]
Coach = Callable[[Item, str], set[str]]


@dataclass
class Tally:
    """Hits, alarms without reason, and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what the coach says that is right; nothing said is nothing right."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of what should be said that is said."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def row(self) -> str:
        """As cells of a table; a figure that nothing stands behind is a dash."""
        precision = f"{self.precision:.2f}" if self.hits + self.false else "–"
        recall = f"{self.recall:.2f}" if self.hits + self.missed else "–"
        return (
            f"{precision} | {recall} | {self.hits + self.missed} | {self.hits} | {self.false} | {self.missed}"
        )


@dataclass
class Score:
    """The tallies of one half."""

    overall: Tally
    rules: dict[str, Tally]
    languages: dict[str, Tally]
    items: int


def main() -> None:
    """Score a half, print its totals and write its part of the result file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--dev", action="store_true", help="the half the rules were written with, with each miss"
    )
    parser.add_argument("--results", type=Path, default=HERE / "RESULTS.md")
    parser.add_argument("--note", default="", help="a line to stand above the tables")
    arguments = parser.parse_args()
    half = "statements" if arguments.dev else "aside"
    items = read_items(HERE / half)
    result = score(items, says)
    if arguments.dev:
        print_misses(items)
    print(tables(result, items))
    keep(arguments.results, half, f"{arguments.note}\n\n{tables(result, items)}".strip())


def read_items(folder: Path) -> list[tuple[str, Item]]:
    """Return every item with its language."""
    found = []
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        found += [(content["language"], item) for item in content["items"]]
    return found


def says(item: Item, language: str) -> set[str]:
    """Return the rules that the coach names for an item."""
    part = item["part"]
    remarks: list[coach.Remark] = []
    if part in ("who", "whole"):
        remarks += coach.look_at_who(item["words"] if part == "who" else item["who"], language)
    whats = [item["words"]] if part == "what" else item.get("whats", [])
    for what in whats:
        remarks += coach.look_at_what(what, language)
    if len(whats) > 1:
        remarks += coach.look_at_whats(whats, language)
    if part in ("why", "whole"):
        remarks += coach.look_at_why(item["words"] if part == "why" else item["why"], language)
    return {remark.rule for remark in remarks}


def says_nothing(item: Item, language: str) -> set[str]:
    """The first control."""
    return set()


def says_everything(item: Item, language: str) -> set[str]:
    """The second control."""
    return set(RULES_OF[item["part"]])


def score(items: Iterable[tuple[str, Item]], listener: Coach) -> Score:
    """Compare what a coach says with what the items expect."""
    found = Score(Tally(), {rule: Tally() for rule in coach.RULES}, {}, 0)
    for language, item in items:
        said, expected = listener(item, language), set(item["expects"])
        found.items += 1
        for rule in RULES_OF[item["part"]]:
            outcome = {(True, True): "hits", (True, False): "false", (False, True): "missed"}.get(
                (rule in said, rule in expected)
            )
            if outcome:
                for tally in (
                    found.overall,
                    found.rules[rule],
                    found.languages.setdefault(language, Tally()),
                ):
                    setattr(tally, outcome, getattr(tally, outcome) + 1)
    return found


def print_misses(items: Iterable[tuple[str, Item]]) -> None:
    """Print each item of the open half in which the coach and the label differ."""
    for language, item in items:
        said, expected = says(item, language), set(item["expects"])
        if said != expected:
            text = item.get("words") or [item.get("who"), item.get("whats"), item.get("why")]
            print(f"{language} {item['id']}: {text}")
            print(f"   missed {sorted(expected - said)}, without reason {sorted(said - expected)}")


def tables(result: Score, items: list[tuple[str, Item]]) -> str:
    """Return the figures as Markdown."""
    head = "| | precision | recall | expected | hits | false | missed |\n| --- | --- | --- | --- | --- | --- | --- |"
    parts = Counter(item["part"] for _language, item in items)
    nothing, everything = score(items, says_nothing).overall, score(items, says_everything).overall
    met = result.overall.precision >= BARS["precision"] and result.overall.recall >= BARS["recall"]
    lines = [
        f"N = {result.items} items ({', '.join(f'{count} {part}' for part, count in sorted(parts.items()))}). "
        f"Bars: precision {BARS['precision']:.2f}, recall {BARS['recall']:.2f}: {'met' if met else 'NOT met'}.",
        "",
        head,
        f"| **overall** | {result.overall.row} |",
        *(f"| `{rule}` | {tally.row} |" for rule, tally in result.rules.items()),
        *(f"| {language} | {tally.row} |" for language, tally in sorted(result.languages.items())),
        f"| control: says nothing | {nothing.row} |",
        f"| control: says everything | {everything.row} |",
    ]
    return "\n".join(lines)


def keep(file: Path, half: str, text: str) -> None:
    """Write the latest figures of a half between its marks in the result file; all else there is written by hand."""
    begin, end = f"<!-- {half}: latest -->", f"<!-- {half}: end -->"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if begin not in before:
        before += f"\n{begin}\n{end}\n"
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE
    )
    block = f"{begin}\nAt commit {commit.stdout.strip()}. {text}\n{end}"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    file.write_text(pattern.sub(lambda _found: block, before), encoding="utf-8")


if __name__ == "__main__":
    main()
