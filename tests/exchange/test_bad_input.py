"""What cannot be judged: a plan file with every such case goes through the command line, and none becomes a number.

What is legal but cannot be judged is stored and gives its reason; what cannot be right is refused with its line, its
field, the rule and a way out, and nothing of the file is stored.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.cli import main
from metrics.domain.base import Record, last_day_of_month
from metrics.domain.demands import (
    AgainstBenchmark,
    AverageOverYears,
    Demand,
    KeepEveryYear,
    Relation,
    RelativeToBaseYear,
    SpreadBelow,
    ValueByDate,
)
from metrics.domain.document import plan_document
from metrics.domain.indicators import Basis, Direction, PeriodKind, Reading
from metrics.exchange.plan_file import write_plan
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.exchanging import import_plan
from tests.command_line import refused, run
from tests.conftest import NOW
from tests.plan import a_comparison, a_goal, a_reading, a_target, an_indicator
from tests.test_cli import holder

OFFICE = Person("Amt", Role.administration)
TODAY = {"ZUKUNFTSPLAN_TODAY": "2026-11-24"}
SEVEN_YEARS = tuple(range(2019, 2026))


def a_case(name: str, demand: Demand, values: dict[int, float] | Sequence[Record], **over: Any) -> list[Record]:
    """An indicator, its target and its readings: yearly ones from a mapping, or records as they are."""
    free = {"natural_minimum": None, "natural_maximum": None, "direction": Direction.higher}
    indicator = an_indicator(id=f"I-{name}", **free | over)
    given = yearly(name, values) if isinstance(values, dict) else list(values)
    return [indicator, a_target(demand, id=f"T-{name}", indicator_id=indicator.id), *given]


def yearly(name: str, values: dict[int, float]) -> list[Record]:
    return [a_reading(year, value, id=f"R-{name}-{year}", indicator_id=f"I-{name}") for year, value in values.items()]


def within_year(name: str, year: int, first: int, last: int, kind: PeriodKind, **over: Any) -> Reading:
    """A reading from one month to another of a year."""
    days = {"period_start": date(year, first, 1), "period_end": last_day_of_month(year, last), "period_kind": kind}
    return a_reading(**{"id": f"R-{name}-{year}-{last}", "indicator_id": f"I-{name}", "value": 1.0, **days} | over)


def rising(start: float = 10.0, step: float = 1.0) -> dict[int, float]:
    return {year: start + step * index for index, year in enumerate(SEVEN_YEARS)}


SIX_BY_2030 = ValueByDate(value=20, due="2030", baseline=10, baseline_period="2019")
AGAINST_NRW = AgainstBenchmark(relation=Relation.above, territory="NRW")
CASES: dict[str, list[Record]] = {
    "equal": a_case("equal", ValueByDate(value=10, due="2030", baseline=10, baseline_period="2019"), rising()),
    "zero": a_case(
        "zero", RelativeToBaseYear(percent=50, base_period="2019", due="2030"), rising(0.0), direction=Direction.lower
    ),
    "negative": a_case("negative", RelativeToBaseYear(percent=150, base_period="2019", due="2030"), rising(-3.0)),
    "signs": a_case("signs", ValueByDate(value=20, due="2030", baseline=-3, baseline_period="2019"), rising(-3.0)),
    "one": a_case("one", ValueByDate(value=20, due="2030"), {2025: 12.0}),
    "none": a_case("none", ValueByDate(value=20, due="2030"), {}),
    "past": a_case("past", ValueByDate(value=12, due="2022", baseline=10, baseline_period="2019"), rising()),
    "neutral": a_case("neutral", KeepEveryYear(value=10), rising(), direction=Direction.neutral),
    "nowhere": a_case("nowhere", AGAINST_NRW, rising()),
    "elsewhere": [
        *a_case("elsewhere", AGAINST_NRW, rising()),
        a_comparison(id="V-elsewhere", indicator_id="I-elsewhere", territory="Ruhrgebiet"),
    ],
    "otherdays": [
        *a_case(
            "otherdays",
            AGAINST_NRW,
            [within_year("otherdays", year, 12, 12, PeriodKind.month) for year in SEVEN_YEARS],
            basis=Basis.reference_day,
        ),
        a_comparison(2024, id="V-otherdays", indicator_id="I-otherdays"),
    ],
    "nobody": a_case("nobody", SpreadBelow(value=2), rising()),
    "halfyears": a_case(
        "halfyears",
        AverageOverYears(value=1, years=2),
        [
            within_year("halfyears", year, first, first + 5, PeriodKind.half_year)
            for year in SEVEN_YEARS
            for first in (1, 7)
        ],
        basis=Basis.span,
    ),
    "schoolyears": a_case(
        "schoolyears",
        ValueByDate(value=20, due="2030"),
        [
            a_reading(
                year,
                float(year - 2010),
                id=f"R-schoolyears-{year}",
                indicator_id="I-schoolyears",
                period_start=date(year, 8, 1),
                period_end=date(year + 1, 7, 31),
                period_kind=PeriodKind.school_year,
            )
            for year in SEVEN_YEARS
        ],
        basis=Basis.school_year,
    ),
    "vintages": [
        *a_case("vintages", SIX_BY_2030, rising()),
        a_reading(2025, 14.0, id="R-vintages-new", indicator_id="I-vintages", vintage="Revision 2026"),
    ],
}
GOOD = [a_goal(), *(record for records in CASES.values() for record in records)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the plan with all legal cases was brought; beside it what the import and `assess` said."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "plan.json").write_text(write_plan(plan_document(GOOD)), encoding="utf-8")
    database = folder / "plan.duckdb"
    imported = run(database, "import", "plan.json", **TODAY)
    assert (imported.returncode, imported.stdout[:15]) == (0, "Der Plan ist ei"), imported.stderr
    (folder / "hints.txt").write_text(imported.stderr, encoding="utf-8")
    judged = run(database, "assess", "--json", "--as-of", "2026-11-24")
    assert judged.returncode == 0, judged.stderr
    (folder / "judged.json").write_text(judged.stdout, encoding="utf-8")
    return database


@pytest.fixture
def judged(office: Path) -> dict[str, Any]:
    """Case → what `assess --json` says of its target."""
    found = json.loads(office.with_name("judged.json").read_text(encoding="utf-8"))
    return {one["indicator_id"].removeprefix("I-"): one["targets"][0] for one in found["indicators"]}


@pytest.fixture
def hints(office: Path) -> list[str]:
    """The lines that the import wrote about doubtful targets."""
    return office.with_name("hints.txt").read_text(encoding="utf-8").splitlines()


def reasons(target: dict[str, Any]) -> tuple[str | None, str | None]:
    """Why there is no attainment and no course; None where there is one."""
    return target["attainment"].get("not_computable"), target["course"].get("not_computable")


@pytest.mark.parametrize(
    ("case", "attainment", "course"),
    [
        ("equal", "baseline_equals_target", None),
        ("zero", "base_not_positive", "base_not_positive"),
        ("negative", "base_not_positive", "base_not_positive"),
        ("signs", None, None),
        ("one", "no_baseline", "too_few_points"),
        ("none", "no_reading", "no_reading"),
        ("past", None, None),
        ("neutral", "neutral_direction", "neutral_direction"),
        ("nowhere", "no_comparison", "no_comparison"),
        ("elsewhere", "no_comparison", "no_comparison"),
        ("otherdays", "no_shared_period", "no_shared_period"),
        ("nobody", "no_comparison", "no_comparison"),
        ("halfyears", "gap_in_series", "gap_in_series"),
        ("schoolyears", None, None),
        ("vintages", None, None),
    ],
)
def test_what_cannot_be_judged_says_why_and_shows_no_number(
    judged: dict[str, Any], case: str, attainment: str | None, course: str | None
) -> None:
    target = judged[case]
    assert reasons(target) == (attainment, course)
    for part, reason in (("attainment", attainment), ("course", course)):
        number = {"share", "value", "course", "figures", "bound"} & target[part].keys()
        assert bool(number) == (reason is None)
        assert len(target[part]["explanation"]) > 20
    if attainment and course:
        assert "expected_year" not in target["forecast"]


def test_every_case_of_the_file_is_assessed(judged: dict[str, Any]) -> None:
    assert judged.keys() == CASES.keys()


def test_a_target_equal_to_its_baseline_has_no_share_and_no_rule_that_divides_by_the_way_between_them(
    judged: dict[str, Any],
) -> None:
    rules = judged["equal"]["rules"]
    assert rules["target_path"]["not_computable"] == "baseline_equals_target"


@pytest.mark.parametrize("rule", ["growth_ratio", "un_progress"])
def test_a_change_of_sign_has_no_growth_rate(judged: dict[str, Any], rule: str) -> None:
    assert judged["signs"]["rules"][rule]["not_computable"] == "zero_or_change_of_sign"


def test_a_target_in_the_past_is_judged_as_one_to_keep_every_year_and_said_to_be_past(
    judged: dict[str, Any], hints: list[str]
) -> None:
    assert judged["past"]["course"]["case"] == "every_year"
    assert [line for line in hints if "T-past" in line and "2022" in line and "„Gilt bis“" in line]


def test_a_revised_reading_replaces_the_first_one_and_is_counted_once(judged: dict[str, Any]) -> None:
    window = judged["vintages"]["course"]["window"]
    assert [point["value"] for point in window] == [11.0, 12.0, 13.0, 14.0, 15.0, 14.0]
    assert judged["vintages"]["attainment"]["share"] == pytest.approx(0.4)


def test_school_years_are_judged_by_the_years_between_them(judged: dict[str, Any]) -> None:
    assert judged["schoolyears"]["course"]["figures"]["mean_change"] == pytest.approx(1.0)


def test_the_import_names_every_doubtful_target(hints: list[str]) -> None:
    named = {case for case in CASES if any(f" T-{case}:" in line for line in hints)}
    assert named == {"equal", "past", "neutral", "nowhere", "elsewhere", "nobody"}
    assert [line for line in hints if "T-elsewhere" in line and "NRW" in line and "Ruhrgebiet" in line]


FUTURE = a_reading(2027, 25.0, id="R-bad", indicator_id="I-equal")
BAD: dict[str, tuple[list[Record], str, str]] = {
    "a reading of a future year": ([FUTURE], "reading.R-bad.period_end", "Ist das ein Zielwert?"),
    "a provisional reading of the running year": (
        [a_reading(2026, 25.0, id="R-bad", indicator_id="I-equal", provisional=True)],
        "reading.R-bad.period_end",
        "Istwerte gibt es nur für vergangene Zeiträume",
    ),
    "a target stored as a reading": (
        [a_reading(2018, 25.0, id="R-bad", indicator_id="I-equal", published_on=date(2017, 6, 1))],
        "reading.R-bad.published_on",
        "Dann legen Sie ihn als Zielwert an",
    ),
    "a comparison value of the future": (
        [a_comparison(2027, id="V-bad", indicator_id="I-equal")],
        "comparison.V-bad.period_end",
        "heute ist der 24.11.2026",
    ),
    "a second reading of a period": (
        [a_reading(2025, 99.0, id="R-bad", indicator_id="I-equal")],
        "reading.R-bad.period_end",
        "gibt es schon einen Istwert mit diesem Datenstand: 16",
    ),
    "another period that ends on the same day": (
        [
            within_year("otherdays", 2025, 1, 12, PeriodKind.year, id="R-bad", vintage="anderer Stand"),
        ],
        "reading.R-bad.period_end",
        "Welcher der beiden Werte zählt, wäre geraten",
    ),
    "a half-year in a series of years": (
        [within_year("equal", 2018, 1, 6, PeriodKind.half_year, id="R-bad")],
        "reading.R-bad.period_kind",
        "passt nicht zur Basis",
    ),
    "a half-year that is called a year": (
        [within_year("equal", 2018, 1, 6, PeriodKind.year, id="R-bad")],
        "reading.R-bad.period_end",
        "passen nicht zur Art des Zeitraums",
    ),
    "a school year in a series of years": (
        [
            a_reading(
                id="R-bad",
                indicator_id="I-equal",
                period_start=date(2017, 8, 1),
                period_end=date(2018, 7, 31),
                period_kind=PeriodKind.school_year,
            )
        ],
        "reading.R-bad.period_kind",
        "„Schuljahr“",
    ),
    "a comparison value on another basis": (
        [
            a_comparison(
                id="V-bad", indicator_id="I-equal", period_start=date(2024, 12, 1), period_kind=PeriodKind.month
            )
        ],
        "comparison.V-bad.period_kind",
        "passt nicht zur Basis",
    ),
    "a comparison with the own territory": (
        [a_comparison(id="V-bad", indicator_id="I-equal", territory="Stadt Bottrop")],
        "comparison.V-bad.territory",
        "Eigene Werte erfassen Sie als Istwerte",
    ),
    "a target that holds the indicator against itself": (
        [
            a_target(
                AgainstBenchmark(relation=Relation.equal, territory="Stadt Bottrop"),
                id="T-bad",
                indicator_id="I-equal",
            )
        ],
        "target.T-bad.demand.territory",
        "Bitte nennen Sie einen anderen Raum",
    ),
    "an impossible value": (
        [
            an_indicator(id="I-bounded"),
            a_reading(2025, 130.0, id="R-bad", indicator_id="I-bounded"),
        ],
        "reading.R-bad.value",
        "Bitte prüfen Sie Komma und Einheit",
    ),
    "a basis that stored readings do not fit": (
        [CASES["equal"][0].model_copy(update={"basis": Basis.school_year})],
        "indicator.I-equal.basis",
        "passt dann nicht mehr",
    ),
}


def a_file(records: Sequence[Record]) -> str:
    """A plan file that brings these records to the plan with all legal cases."""
    return write_plan(plan_document(records))


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_right_is_refused_with_line_field_rule_and_way_out_and_nothing_is_stored(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, case: str
) -> None:
    records, place, words = BAD[case]
    text = a_file([a_goal(id="Z-NEU"), *records])
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("ZUKUNFTSPLAN_DATABASE", str(office))
    monkeypatch.setenv("ZUKUNFTSPLAN_TODAY", TODAY["ZUKUNFTSPLAN_TODAY"])
    kind, identifier, field = place.split(".", 2)
    number = [record["id"] for record in json.loads(text)["records"][kind]].index(identifier)
    for options in (["--reason", "Versuch"], ["--preview"]):
        assert main(["import", str(file), *options]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert words in said.err
        assert f"records.{kind}.{number}.{field}: " in said.err
        line = int(said.err.split("Zeile ")[1].split()[0])
        assert f'"{field.rpartition(".")[2]}"' in text.splitlines()[line - 1]
    assert main(["verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"change_number": 1, "faults": []}


def test_a_file_with_many_faults_names_them_together(office: Path) -> None:
    records = [a_reading(2027 + number, 1.0, id=f"R-{number}", indicator_id="I-equal") for number in range(7)]
    sentence = refused(run(office, "import", "-", given=a_file(records), **TODAY))
    assert "Verletzte Regeln: 7." in sentence
    assert sentence.count("Ist das ein Zielwert?") == 5
    assert "Weitere: 2" in sentence


def test_the_same_file_may_be_brought_once_the_period_is_over(office: Path, tmp_path: Path) -> None:
    database = tmp_path / "later.duckdb"
    text = a_file([a_goal(), *CASES["equal"], FUTURE])
    refused(run(database, "import", "-", given=text, ZUKUNFTSPLAN_TODAY="2027-12-30"))
    assert run(database, "import", "-", given=text, ZUKUNFTSPLAN_TODAY="2027-12-31").returncode == 0


def test_a_refusal_by_the_server_says_the_same_of_days_periods_and_bounds(tmp_path: Path) -> None:
    database = tmp_path / "plan.duckdb"
    store = Store.open(database, NOW, create=True)
    import_plan(store, plan_document(GOOD), by=OFFICE, at=NOW, today=NOW.date())
    cases = [
        "a second reading of a period",
        "another period that ends on the same day",
        "a half-year that is called a year",
        "an impossible value",
        "a target stored as a reading",
    ]
    bad = [
        record.model_copy(update={"id": f"{record.id}-{number}"}) if record.kind == "reading" else record
        for number, case in enumerate(cases)
        for record in BAD[case][0]
    ]
    with holder(store):
        beside = refused(run(database, "import", "-", given=a_file(bad), **TODAY))
    store.close()
    assert refused(run(database, "import", "-", given=a_file(bad), **TODAY)) == beside
    assert all(BAD[case][1].partition(".")[0] in beside and BAD[case][2] in beside for case in cases)
