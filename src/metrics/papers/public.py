"""What of a paper the public may see: a smaller model, made before anything is drawn, so that nothing is only hidden.

Confidential items are left out, values that give single firms away are withheld (see `disclosure.py`), and so is every
text that names either of them. What was left out is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

from metrics.domain.base import Value
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number
from metrics.papers.disclosure import Cell, figures_of, told_cells, withheld_cells
from metrics.papers.model import (
    Aside,
    FollowUp,
    GoalPage,
    IndicatorLine,
    MeasureLine,
    Paper,
    PointLine,
    PotLine,
    Ranking,
    Resources,
)
from metrics.papers.periods import period_of
from metrics.papers.sentences import changes_of, counted, running_well_of, stuck_of, summary_of

Model = TypeVar("Model", bound=Value)

_NEVER_TYPED = frozenset(
    {"id", "language", "measure_id", "indicator_id", "round_id", "part_of", "rule", "rule_version", "template"}
)
_ABOUT_ITSELF = ("target_told", "reason", "quality", "source")
_SHORTEST_PHRASE = 12
"""Characters from which a whole text counts as a name: shorter results ("erledigt") stand everywhere."""
_SMALL_NUMBERS: dict[Language, dict[float, str]] = {"de": {1: r"ein\w{0,2}", 2: "zwei"}, "en": {1: "one", 2: "two"}}


def for_public(paper: Paper) -> Paper:
    """The paper without all that is confidential; `withheld` counts the items, values and texts that were left out.

    Applied to its own result it changes nothing.
    """
    language = paper.language
    hidden = withheld_cells((*paper.indicators, *paper.aside.indicators), language)
    secrets = _secrets(paper, hidden, language)
    goals = tuple(_goal(goal, hidden, language) for goal in paper.goals)
    telling = _telling_money(paper)
    follow_ups = tuple(item for item in paper.follow_ups if not item.confidential)
    smaller = paper.model_copy(
        update={
            "head": paper.head.model_copy(update={"public": True}),
            "goals": goals,
            **_sentences(paper, goals),
            "follow_ups": follow_ups,
            "aside": Aside(),
            "ranking": _ranking(paper.ranking, secrets),
            "resources": _resources(paper.resources, secrets, telling),
            "decisions": tuple(
                decision.model_copy(update={"indicator_id": _unless_secret(decision.indicator_id, secrets)})
                for decision in paper.decisions
            ),
        }
    )
    note = translate("Dieser Text nennt Angaben, die nicht öffentlich sind.", language)
    texts = _Texts(secrets, note)
    told = texts.without_secrets(smaller)
    left_out = _items_left_out(paper) + len(telling) + _values_left_out(paper, hidden, language) + texts.count
    return told.model_copy(update={"withheld": paper.withheld + left_out})


# --- what is left out -----------------------------------------------------------------------------------------------


def _goal(goal: GoalPage, hidden: frozenset[Cell], language: Language) -> GoalPage:
    lines = tuple(_indicator(line, hidden, language) for line in goal.indicators if not line.confidential)
    update: dict[str, Any] = {
        "indicators": lines,
        "measures": tuple(measure for measure in goal.measures if not measure.confidential),
    }
    if _standings(lines) != _standings(goal.indicators):  # what is said of all of them would tell the withheld ones
        known = [line.course for line in lines if line.course]
        course = max(known, key=lambda one: one.severity) if known and goal.course else None
        told = counted(lines, language) if lines else ""
        update |= {"course": course, "course_before": None, "coverage": None, "generated": told}
    return goal.model_copy(update=update)


def _standings(lines: Iterable[IndicatorLine]) -> list[tuple[str, Course | None, bool]]:
    """What sentences are made of."""
    return [(line.id, line.course, line.to_comment) for line in lines]


def _sentences(paper: Paper, goals: tuple[GoalPage, ...]) -> dict[str, Any]:
    """What the numbers of all goals gave, given anew by those that are left; what the office typed stays."""
    if [_standings(goal.indicators) for goal in goals] == [_standings(goal.indicators) for goal in paper.goals]:
        return {}
    language = paper.language
    update: dict[str, Any] = {
        "running_well": running_well_of(goals, language) if paper.running_well else "",
        "stuck": stuck_of(goals, language),
        "changes": tuple(changes_of(goals, language)),
    }
    if paper.summary == summary_of(paper.goals, paper.resources, language):
        update["summary"] = summary_of(goals, paper.resources, language)
    return update


def _indicator(line: IndicatorLine, hidden: frozenset[Cell], language: Language) -> IndicatorLine:
    points = tuple(_point(point, Cell(line.id, period_of(point, language)) in hidden) for point in line.points)
    update: dict[str, Any] = {"points": points, "part_of": None}
    if _is_hidden(line, line.baseline, hidden, language):
        update |= {"baseline": None, "expected": None, "expected_share": None, "share": None, "path": ()}
    if _is_hidden(line, line.actual, hidden, language):
        update |= {"actual": None, "share": None, "course": None}
    if "share" in update:
        update["to_comment"] = False
        update["reason"] = translate("Zum Schutz einzelner Betriebe oder Personen nicht öffentlich.", language)
    return line.model_copy(update=update)


def _point(point: PointLine, secret: bool) -> PointLine:
    if not secret and point.largest_share is None:
        return point
    known = {"value": None, "withheld": True} if secret else {}
    return point.model_copy(update={"largest_share": None, **known})


def _is_hidden(line: IndicatorLine, value: float | None, hidden: frozenset[Cell], language: Language) -> bool:
    return value is not None and not hidden.isdisjoint(told_cells(line, value, language))


def _ranking(ranking: Ranking | None, secrets: _Secrets) -> Ranking | None:
    if ranking is None:
        return None
    rows = tuple(row for row in ranking.rows if row.measure_id not in secrets.ids and not secrets.named_in(row.title))
    if len(rows) < len(ranking.rows):  # a gap in the ranks would tell the place of what is missing
        rows = tuple(
            row.model_copy(update={"rank": place, "best_rank": None, "worst_rank": None})
            for place, row in enumerate(rows, start=1)
        )
    return ranking.model_copy(update={"rows": rows})


def _resources(found: Resources | None, secrets: _Secrets, telling: list[PotLine]) -> Resources | None:
    """Without what would tell a confidential measure's work or money: less the others' it would be theirs.

    No measure's work where one of them is confidential; of the money not the lines that are `telling`.
    """
    if found is None:
        return None
    secret = any(load.measure_id in secrets.ids or secrets.named_in(load.title) for load in found.measures)
    money = tuple(line for line in found.money if line not in telling)
    return found.model_copy(update={"measures": () if secret else found.measures, "money": money})


def _telling_money(paper: Paper) -> list[PotLine]:
    """The lines in which the money of a confidential measure is counted, or may be: its goals', and every pot's."""
    pages = {goal.id: goal.measures for goal in paper.goals} | {None: paper.aside.measures}
    partly = {goal_id for goal_id, measures in pages.items() if any(map(_has_secret_money, measures))}
    if paper.resources is None or not partly:
        return []
    return [line for line in paper.resources.money if line.goal_id is None or line.goal_id in partly]


def _has_secret_money(measure: MeasureLine) -> bool:
    return measure.confidential and (measure.planned is not None or measure.spent is not None)


def _unless_secret(id: str | None, secrets: _Secrets) -> str | None:
    return None if id in secrets.ids else id


def _items_left_out(paper: Paper) -> int:
    items: list[IndicatorLine | MeasureLine | FollowUp] = list(paper.follow_ups)
    for goal in paper.goals:
        items += [*goal.indicators, *goal.measures]
    confidential = {(type(item), item.id) for item in items if item.confidential}
    ranked = {row.measure_id for row in paper.ranking.rows} if paper.ranking else set()
    confidential |= {(type(one), one.id) for one in paper.aside.measures if one.confidential and one.id in ranked}
    return len(confidential)


def _values_left_out(paper: Paper, hidden: frozenset[Cell], language: Language) -> int:
    open_lines = [line for line in paper.indicators if not line.confidential]
    figures = {cell: value for line in open_lines for cell, value in figures_of(line, language).items()}
    return sum(1 for cell, value in figures.items() if cell in hidden and value is not None)


# --- texts that name it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What no text may say: names, amounts with their unit, and numbers beside the name of their indicator."""

    ids: frozenset[str]
    names: re.Pattern[str] | None
    amounts: re.Pattern[str] | None
    beside: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    own: Mapping[str, re.Pattern[str]]

    def named_in(self, text: str) -> bool:
        """Whether a text names a confidential item."""
        return self.names is not None and self.names.search(_flat(text)) is not None

    def told_in(self, text: str) -> bool:
        """Whether a text names a confidential item or tells a withheld value."""
        flat = _flat(text)
        if self.named_in(text) or (self.amounts is not None and self.amounts.search(flat)):
            return True
        return any(name.search(flat) and figure.search(name.sub(" ", flat)) for name, figure in self.beside)


@dataclass(slots=True)
class _Texts:
    """Goes through every typed text of a model and counts those it had to take out."""

    secrets: _Secrets
    note: str
    count: int = field(default=0)

    def without_secrets(self, model: Model) -> Model:
        """The model with a note for each text that tells a secret; of lists of texts they are left out."""
        named = {name: getattr(model, name) for name in type(model).model_fields if name not in _NEVER_TYPED}
        told = {name: self._told(value, name) for name, value in named.items()}
        changed = {name: value for name, value in told.items() if value is not named[name]}
        return model.model_copy(update=changed) if changed else model

    def _told(self, value: Any, name: str) -> Any:
        if isinstance(value, IndicatorLine):
            return self.without_secrets(self._without_own_figures(value))
        if isinstance(value, Value):
            return self.without_secrets(value)
        if isinstance(value, tuple):
            kept = [item for item in value if type(item) is not str or self._may_be_told(item, name)]
            told = tuple(self._told(item, name) if type(item) is not str else item for item in kept)
            return value if len(told) == len(value) and all(map(is_, told, value)) else told
        if type(value) is str and not self._may_be_told(value, name):
            return self.note
        return value

    def _without_own_figures(self, line: IndicatorLine) -> IndicatorLine:
        """What an indicator says about itself needs neither its name nor its unit to tell a withheld value."""
        figures = self.secrets.own.get(line.id)
        told = {name: getattr(line, name) for name in _ABOUT_ITSELF}
        secret = [name for name, text in told.items() if text and figures and figures.search(_flat(text))]
        self.count += len(secret)
        return line.model_copy(update=dict.fromkeys(secret, self.note)) if secret else line

    def _may_be_told(self, text: str, name: str) -> bool:
        secret = self.secrets.named_in(text) if name == "title" else self.secrets.told_in(text)
        self.count += secret
        return not secret


def _secrets(paper: Paper, hidden: frozenset[Cell], language: Language) -> _Secrets:
    lines = [*(line for goal in paper.goals for line in goal.indicators), *paper.aside.indicators]
    measures = [*(measure for goal in paper.goals for measure in goal.measures), *paper.aside.measures]
    everything: list[IndicatorLine | MeasureLine] = [*lines, *measures]
    confidential = [one for one in everything if one.confidential]
    follow_ups = [item for item in paper.follow_ups if item.confidential]
    names = [*(item.title for item in confidential), *(_typed(follow_ups))]
    ids = {item.id for item in confidential} | {item.id for item in follow_ups}
    partly = {line.id: line for line in lines if any(cell.indicator_id == line.id for cell in hidden)} if hidden else {}
    values = {id: _values(line, hidden, language) for id, line in partly.items()}
    amounts = [pattern for id, line in partly.items() for pattern in _amounts(line, values[id], language)]
    own = {id: _any_of(_figures(line, values[id], language)) for id, line in partly.items() if values[id]}
    beside = tuple((_any_of(_words([partly[id].title, *_telling([id])])), figures) for id, figures in own.items())
    return _Secrets(
        frozenset(ids),
        _any_of(_words([*names, *_telling(ids)])) if names or ids else None,
        _any_of(amounts) if amounts else None,
        beside,
        own,
    )


def _typed(follow_ups: Iterable[FollowUp]) -> list[str]:
    return [text for item in follow_ups for text in (item.text, item.result) if len(text) >= _SHORTEST_PHRASE]


def _telling(ids: Iterable[str]) -> list[str]:
    """The ids that are no ordinary word and no plain number."""
    return [id for id in ids if re.search(r"\d", id) and re.search(r"[^\W\d]", id)]


def _values(line: IndicatorLine, hidden: frozenset[Cell], language: Language) -> list[float]:
    figures: Mapping[Cell, float | None] = figures_of(line, language)
    return sorted({value for cell, value in figures.items() if cell in hidden and value is not None})


def _figures(line: IndicatorLine, values: Iterable[float], language: Language) -> list[str]:
    """Patterns of the numbers as they are written: in digits, as precise as the indicator tells them or as they are."""
    texts = {number(value, language, decimals) for value in values for decimals in (line.decimals, None)}
    return [rf"(?<![\w.,]){re.escape(_flat(text))}(?!\w|[.,]\d)" for text in sorted(texts)]


def _amounts(line: IndicatorLine, values: Iterable[float], language: Language) -> list[str]:
    """Patterns of the numbers with their unit, in digits and words, with another ending of the unit as well."""
    if not line.unit:
        return []
    held = list(values)
    stem = re.escape(_flat(line.unit)[: max(3, len(line.unit) - 2)])
    words = [rf"(?<!\w){word}" for value, word in _SMALL_NUMBERS[language].items() if value in held]
    return [rf"{text}\s*{stem}" for text in (*_figures(line, held, language), *words)]


def _words(texts: Iterable[str]) -> list[str]:
    return [rf"(?<!\w){re.escape(flat)}(?!\w)" for text in texts if (flat := _flat(text))]


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of these; of none it finds nothing."""
    return re.compile("|".join(sorted(set(patterns), key=lambda text: (-len(text), text))) or r"(?!)")


def _flat(text: str) -> str:
    """The text as it is compared: single spaces, one form for letters that differ in case or look alone."""
    alike = unicodedata.normalize("NFKC", " ".join(text.split()))
    return unicodedata.normalize("NFKC", alike.upper().casefold())
