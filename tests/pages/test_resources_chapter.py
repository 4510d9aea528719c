"""The chapter on resources says what the page shows, its example comes out as told, and its commands exist."""

from __future__ import annotations

import re
import shlex

import pytest

from metrics.cli import main
from metrics.domain.load import FULL, TIGHT, Band
from metrics.domain.portfolio.choice import PROVEN_GAP
from metrics.domain.portfolio.from_plan import MOST_AHEAD
from metrics.domain.portfolio.moves import SLIM_SHARES, MoveKind
from metrics.domain.portfolio.optimiser import optimise
from metrics.domain.portfolio.problem import Candidate, Problem, Resource
from metrics.domain.portfolio.reasons import explain
from metrics.domain.portfolio.relief import Proof, Relief, relieve
from metrics.domain.resources import CapacityGroup
from metrics.locale.catalogue import translate
from metrics.locale.collect import texts_in_code
from metrics.locale.formats import number, percent
from metrics.locale.words import choice
from metrics.usecases.optimising import MOST_RUNNING
from tests.conftest import ROOT
from tests.handbook import chapter, on_one_line, tables
from tests.pages.conftest import App, words

CHAPTER = chapter("ressourcen")
VIEWS, BANDS, EXAMPLE, SENTENCES, COMMANDS = tables(CHAPTER)
NAMES = (
    "Was sich mindestens ändern müsste",
    "Diese Maßnahmen bleiben, wie sie sind",
    "Einzelne Auswege vergleichen",
    "Höchste Rechenzeit",
    "Beste Auswahl suchen",
    "Abbrechen",
    "Nicht dabei, und warum",
    "Was voll ist",
    "Was nicht zusammenpasst",
    "Verfahren",
)
"""What the chapter calls by its name on the page."""


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_the_views_of_the_page_are_those_of_the_chapter_in_their_order(app: App) -> None:
    page = app("ressourcen")
    assert page.radio(key="res_ansicht_wahl").options == [row[0] for row in VIEWS[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_what_the_chapter_names_is_called_so_on_the_page(name: str) -> None:
    assert f"**{name}**" in on_one_line(CHAPTER)
    assert (name,) in texts_in_code(ROOT)


def test_the_sentences_of_the_way_out_are_those_of_the_page() -> None:
    told = [text for msgids in texts_in_code(ROOT) for text in msgids]
    for row in SENTENCES[1:]:
        quoted = row[0].strip("„“").removesuffix("…").strip()
        assert any(quoted in text for text in told), row[0]
    assert plain(translate("field.plan.most_at_once", "de")) in on_one_line(CHAPTER)


def test_the_bands_and_constants_are_the_domains_own() -> None:
    said = plain(on_one_line(CHAPTER))
    assert [row[1] for row in BANDS[1:]] == [choice(one, "de") for one in (Band.calm, Band.tight, Band.over)]
    assert [row[0] for row in BANDS[1:3]] == [plain(f"bis {percent(share, 'de')}") for share in (TIGHT, FULL)]
    assert "auf 75 oder 50 % des Aufwands" in said
    assert SLIM_SHARES == (0.75, 0.5)
    assert plain(f"höchstens {percent(PROVEN_GAP, 'de', 2)} fehlen") in said
    assert f"höchstens {MOST_AHEAD} Zeiträume" in said
    assert MOST_RUNNING == 2
    group = CapacityGroup(id="KG", title="Gruppe", fte=4)
    assert f"**{number(group.person_days('2027-Q1'), 'de', 1)} Personentage**" in said
    assert "sind es 60 %" in said
    assert group.base_load_share == 0.6


def problem(latest: int) -> Problem:
    """The chapter's three measures in the first of two quarters with thirty days each."""
    candidates = {
        name: Candidate(name, float(value), {"KG": (float(days),)}, 1, 0, latest, planned=0)
        for name, days, value in EXAMPLE[1:]
    }
    return Problem(2, {"KG": Resource.by_period("KG", (30.0, 30.0))}, candidates)


def test_the_example_is_mended_by_postponing_one_measure() -> None:
    plan = problem(latest=1)
    assert sum(sum(one.demand["KG"]) for one in plan.candidates.values()) == 49
    way = relieve(plan, {"A": 0, "B": 0, "C": 0})
    assert isinstance(way, Relief)
    assert [(move.candidate_id, move.kind, move.delay, move.loss) for move in way.moves] == [
        ("A", MoveKind.postpone, 1, 0)
    ]
    assert way.proof is Proof.best


def test_the_example_s_best_choice_leaves_the_first_measure_out() -> None:
    plan = problem(latest=0)
    found = optimise(plan)
    assert (dict(found.starts), found.value, found.is_proven) == ({"B": 0, "C": 0}, 10, True)
    (left,) = explain(plan, found.starts).rejected
    assert (left.candidate, set(left.drops), left.loss) == ("A", {"B", "C"}, 2)


@pytest.mark.parametrize("command", [row[0] for row in COMMANDS[1:]])
def test_every_command_of_the_chapter_is_understood(
    command: str, app: App, database: object, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *arguments = shlex.split(command.strip("`"))
    assert name == "zukunftsplan"
    assert main(["--database", str(database), *arguments]) == 0
    assert len(capsys.readouterr().out) > 40


def test_the_page_of_methods_tells_capacity_limits_way_out_and_choice_with_the_domains_numbers(app: App) -> None:
    said = plain(words(app("methoden")).replace("\\", ""))
    for text in (
        "Kapazität und Auslastung",
        "Grenzen und Auswege",
        "Beste Auswahl",
        percent(TIGHT, "de"),
        percent(PROVEN_GAP, "de", 2),
        " / ".join(percent(share, "de") for share in SLIM_SHARES),
        f"höchstens {MOST_AHEAD} Zeiträume",
        percent(float(CapacityGroup.model_fields["base_load_share"].default), "de"),
    ):
        assert plain(text) in said
    assert re.search(r"\{[a-z_]+\}", said) is None
