"""What the plan asks of the office, on the command line: load, limits, the best choice, and scenarios."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from metrics.cli import main
from metrics.domain.portfolio.solvers import Solver
from metrics.locale.catalogue import Language
from metrics.store.ledger import Store
from metrics.usecases.access import Person
from metrics.usecases.choice_data import choice_as_data
from metrics.usecases.limits import Limits, find_limits, find_relief
from metrics.usecases.limits_data import limits_as_data, load_as_data
from metrics.usecases.optimising import find_choice
from metrics.usecases.scenario_data import comparison_as_data, examined_as_data
from metrics.usecases.scenario_text import examined_as_text
from metrics.usecases.scenarios import compare_scenarios, examine_scenarios
from tests.command_line import refused, run
from tests.test_cli import holder

DAY = date(2026, 11, 24)
AS_OF = ("--as-of", DAY.isoformat())


@pytest.fixture
def served(demo_store: Store) -> Iterator[Path]:
    """The demo plan's store, held by a server."""
    with holder(demo_store):
        yield demo_store.path


def judged(store: Store, me: Person, **over: Any) -> Limits:
    return find_limits(store, by=me, today=DAY, **over)


EXPECTED: dict[str, tuple[list[str], Callable[[Store, Person], Any]]] = {
    "load": (["load"], lambda store, me: load_as_data(judged(store, me))),
    "load by month": (["load", "--monthly"], lambda store, me: load_as_data(judged(store, me, monthly=True))),
    "limits": (["limits"], lambda store, me: limits_as_data(judged(store, me), find_relief(judged(store, me)))),
    "limits with a pinned measure": (
        ["limits", "--pin", "M-12"],
        lambda store, me: limits_as_data(
            judged(store, me, pinned=frozenset({"M-12"})), find_relief(judged(store, me, pinned=frozenset({"M-12"})))
        ),
    ),
    "optimise": (
        ["optimise", "--seconds", "60"],
        lambda store, me: choice_as_data(judged(store, me), find_choice(judged(store, me).plan, Solver.highs, 60)),
    ),
    "scenario": (["scenario"], lambda store, me: examined_as_data(examine_scenarios(store, by=me, today=DAY), "de")),
    "scenario by id": (
        ["scenario", "SZ-6", "SZ-1"],
        lambda store, me: comparison_as_data(compare_scenarios(store, ["SZ-6", "SZ-1"], by=me, today=DAY)),
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_machines_are_told_what_the_use_case_finds(demo_path: Path, now: datetime, me: Person, name: str) -> None:
    arguments, expected = EXPECTED[name]
    store = Store.open(demo_path, now)
    found = json.loads(json.dumps(expected(store, me)))
    store.close()
    done = run(demo_path, *arguments, *AS_OF, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == found


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (["load"], "119 %", "119%"),
        (["limits"], "Vollzeitkräfte", "full-time posts"),
        (["optimise", "--seconds", "60"], "Nutzwert", "utility"),
    ],
)
def test_people_are_told_in_their_language(demo_path: Path, arguments: list[str], german: str, english: str) -> None:
    for language, told in (("de", german), ("en", english)):
        said = run(demo_path, *arguments, *AS_OF, "--language", language)
        assert (said.returncode, said.stderr) == (0, "")
        assert told in said.stdout.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("language", ["de", "en"])
def test_people_are_told_of_scenarios_what_the_use_case_finds(
    demo_path: Path, now: datetime, me: Person, language: Language
) -> None:
    store = Store.open(demo_path, now)
    expected = examined_as_text(store, examine_scenarios(store, by=me, today=DAY), language)
    store.close()
    assert run(demo_path, "scenario", *AS_OF, "--language", language).stdout == expected


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("command", ["load", "limits", "optimise", "scenario"])
def test_the_answer_is_the_same_byte_for_byte_whoever_holds_the_store(
    served: Path, demo_store: Store, command: str, form: list[str]
) -> None:
    through_the_server = run(served, command, *AS_OF, *form).stdout
    demo_store.close()
    assert run(served, command, *AS_OF, *form).stdout == through_the_server != ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["limits", "--pin", "M-99"], "Maßnahme „M-99“ wurde nicht gefunden"),
        (["optimise", "--pin", "M-99"], "Maßnahme „M-99“ wurde nicht gefunden"),
        (["optimise", "--solver", "x"], "--solver: „x“ gibt es nicht. Zur Wahl stehen: highs, cpsat"),
        (["scenario", "SZ-99"], "Szenario „SZ-99“ wurde nicht gefunden"),
        (["scenario", "SZ-4", "M-12"], "Szenario „M-12“ wurde nicht gefunden"),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(
    demo_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["--database", str(demo_path), *arguments, *AS_OF, "--json"]) == 1
    (out, sentence) = capsys.readouterr()
    assert (out, len(sentence.splitlines())) == ("", 1)
    assert told in sentence


@pytest.mark.parametrize("seconds", ["0", "-1", "121", "nan", "inf", "bald"])
def test_a_time_that_is_none_is_wrong_usage(demo_path: Path, capsys: pytest.CaptureFixture[str], seconds: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--database", str(demo_path), "optimise", f"--seconds={seconds}"])
    (out, sentence) = capsys.readouterr()
    assert out == ""
    assert "ist keine Rechenzeit" in sentence


def test_a_scenario_that_cannot_be_is_refused_in_a_sentence(demo_path: Path, now: datetime) -> None:
    store = Store.open(demo_path, now)
    scenario = store.newest("scenario", "SZ-6").record
    fields = scenario.model_dump() | {"changes": ({"effect": "base_load", "amount": -1},)}
    with store.change(by="Amt", at=now, action="revise_scenario", reason="Versuch") as writing:
        writing.revise(type(scenario).model_validate(fields), 1)
    store.close()
    assert "lässt sich nicht durchspielen" in refused(run(demo_path, "scenario", "SZ-6"))
