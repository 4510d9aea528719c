"""The window of points that decide a judgement, against the same rule in plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain.base import Evidence, last_day_of_month
from metrics.domain.indicators import Reading
from metrics.store.ledger import Store
from tests.conftest import NOW
from tests.plan import a_reading, an_indicator

TODAY = date(2026, 11, 24)
YEARS = range(2014, 2029)
SHORT = {"few": 8, "years": 4}
"""Eight points cover little time if they cover less than four years."""
_numbers = itertools.count()


@dataclass(frozen=True)
class Written:
    """A reading as the ledger came to hold it: later versions revise, `withdrawn` ends it."""

    year: int
    value: float
    vintage: str | None
    published_on: date | None
    break_before: bool
    illustrative: bool
    revised_to: float | None
    withdrawn: bool


written = st.builds(
    Written,
    year=st.sampled_from(YEARS),
    value=st.integers(0, 20).map(float),
    vintage=st.sampled_from([None, "2023", "2024", "Bericht"]),
    published_on=st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]),
    break_before=st.booleans(),
    illustrative=st.booleans(),
    revised_to=st.one_of(st.none(), st.integers(30, 40).map(float)),
    withdrawn=st.sampled_from([False, False, False, True]),
)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("window") / "plan.duckdb", NOW, create=True)
    yield opened
    opened.close()


def write(store: Store, indicator_id: str, story: list[Written]) -> list[tuple[Reading, int]]:
    """Write the story and return what is current, each with the number of the change that wrote it."""
    current = []
    with store.change(by="Amt", at=NOW, action="add") as writing:
        writing.add([an_indicator(id=indicator_id, goal_ids=())])
    for position, item in enumerate(story):
        reading = a_reading(
            item.year,
            item.value,
            id=f"{indicator_id}-{position}",
            indicator_id=indicator_id,
            vintage=item.vintage,
            published_on=item.published_on,
            break_before=item.break_before,
            evidence=Evidence.illustrative if item.illustrative else Evidence.own,
        )
        with store.change(by="Amt", at=NOW, action="add") as writing:
            writing.add([reading])
        version = 1
        if item.revised_to is not None:
            reading = reading.model_copy(update={"value": item.revised_to})
            with store.change(by="Amt", at=NOW, action="revise") as writing:
                version = writing.revise(reading, version)
        number = store.change_number()
        if item.withdrawn:
            with store.change(by="Amt", at=NOW, action="withdraw") as writing:
                writing.withdraw(reading, version)
        else:
            current.append((reading, number))
    return current


def expected(current: list[tuple[Reading, int]], window: int) -> list[tuple[object, ...]]:
    """First point and the newest ones, and all of few; a break in the gap is marked on the next point kept."""
    by_period: dict[date, tuple[Reading, int]] = {}
    for reading, number in current:
        if reading.period_end > TODAY or (reading.published_on or TODAY) > TODAY:
            continue
        rival = by_period.get(reading.period_end)
        if rival is None or rank(reading, number) > rank(*rival):
            by_period[reading.period_end] = (reading, number)
    points = [by_period[period][0] for period in sorted(by_period)]
    ends = [point.period_end for point in points][-SHORT["few"] :]
    few = bool(ends) and ends[0].year > ends[-1].year - SHORT["years"]
    kept, broken = [], False
    for position, point in enumerate(points):
        broken = broken or point.break_before
        if position == 0 or position >= len(points) - window or few:
            kept.append((point.period_end, point.value, broken and position > 0, point.illustrative, point.vintage))
            broken = False
    return kept


def rank(reading: Reading, number: int) -> tuple[object, ...]:
    published, vintage = reading.published_on, reading.vintage
    return (published is not None, published or date.min, vintage is not None, vintage or "", number)


@given(story=st.lists(written, max_size=25), window=st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_the_window_is_the_first_point_and_the_newest_ones_of_the_newest_vintages(
    shared_store: Store, story: list[Written], window: int
) -> None:
    indicator_id = f"I-{next(_numbers)}"
    current = write(shared_store, indicator_id, story)
    rows = shared_store.connection.rows(
        "reading_window", {"today": TODAY, "window": window, **SHORT, "only": None, "whole": []}
    )
    found = [
        (row["period_end"], row["value"], row["break_before"], row["illustrative"], row["vintage"])
        for row in rows
        if row["indicator_id"] == indicator_id
    ]
    assert found == expected(current, window)


def test_two_readings_of_one_import_for_the_same_period_always_give_the_same_one(store: Store) -> None:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        writing.add([an_indicator(goal_ids=())])
        writing.add([a_reading(2024, float(number), id=f"R-{number}") for number in (1, 3, 2)])
    rows = store.connection.rows("reading_window", {"today": TODAY, "window": 12, **SHORT, "only": None, "whole": []})
    assert [row["value"] for row in rows] == [3.0]


def test_only_the_indicators_asked_for_are_gathered_and_whole_ones_with_every_point(store: Store) -> None:
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        writing.add([an_indicator(id=name, goal_ids=()) for name in ("I-1", "I-2", "I-3")])
        writing.add(
            [
                a_reading(year, float(year), id=f"R-{name}-{year}", indicator_id=name)
                for name in ("I-1", "I-2", "I-3")
                for year in range(2015, 2025)
            ]
        )
    asked = {"today": TODAY, "window": 2, **SHORT, "only": ["I-1", "I-3"], "whole": ["I-3"]}
    rows = store.connection.rows("reading_window", asked)
    assert [row["value"] for row in rows if row["indicator_id"] == "I-1"] == [2015.0, 2023.0, 2024.0]
    assert [row["value"] for row in rows if row["indicator_id"] == "I-3"] == [float(year) for year in range(2015, 2025)]
    assert {row["indicator_id"] for row in rows} == {"I-1", "I-3"}


@pytest.mark.parametrize("broken", [None, date(2018, 4, 30)], ids=["whole", "broken in between"])
def test_of_months_the_same_ones_of_earlier_years_are_kept_for_the_forecast(store: Store, broken: date | None) -> None:
    ends = [last_day_of_month(year, month) for year in range(2016, 2026) for month in range(1, 13)][:-6]
    readings = [
        a_reading(
            end.year,
            float(end.month),
            id=f"R-{end}",
            period_kind="month",
            period_start=end.replace(day=1),
            period_end=end,
            break_before=end == broken,
        )
        for end in ends
    ]
    with store.change(by="Amt", at=NOW, action="import_plan") as writing:
        writing.add([an_indicator(goal_ids=(), basis="month", rhythm="monthly")])
        writing.add(readings)
    rows = store.connection.rows("reading_window", {"today": TODAY, "window": 13, **SHORT, "only": None, "whole": []})
    junes = [(f"{year}-06", bool(broken) and year == 2018) for year in range(2016, 2024)]
    newest = [(end.strftime("%Y-%m"), False) for end in ends[-13:]]
    found = [(row["period_end"].strftime("%Y-%m"), row["break_before"]) for row in rows]
    assert found == [("2016-01", False), *junes, *newest]
