"""Plans of any size, the same at every run: `python -m benchmarks.generate MEASURES INDICATORS READINGS FILE`."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from metrics.domain.base import Record
from metrics.domain.demands import (
    AgainstBenchmark,
    Band,
    Demand,
    DirectionOnly,
    KeepEveryYear,
    Relation,
    ShareOfWhole,
    ValueByDate,
)
from metrics.domain.goals import Goal, GoalLevel, GoalState
from metrics.domain.indicators import Basis, Direction, Facet, Indicator, PeriodKind, Reading, Rhythm
from metrics.domain.measures import Dependency, DependencyKind, Measure, MeasureState, Responsibility
from metrics.domain.priorities import (
    CriteriaSet,
    Criterion,
    CriterionDirection,
    MatrixAxis,
    PriorityRound,
    RaterGroup,
    Rating,
    RoundState,
    Score,
    Seat,
)
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, Post, PotYear, ResourceDemand
from metrics.domain.targets import Target
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role

MOMENT = datetime(2026, 11, 1, 8, tzinfo=UTC).replace(tzinfo=None)
TODAY = date(2026, 11, 24)
OFFICE = Person("Messung", Role.administration)
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2026, 2027) for quarter in (1, 2, 3, 4))
YEARS = (2026, 2027, 2028)
WORDS = ("Fachkräfte", "Flächen", "Innenstadt", "Handwerk", "Gründung", "Kreislauf", "Digitales", "Energie", "Handel")
COMMON: tuple[Demand, ...] = (
    ValueByDate(value=30.0, due="2030", baseline=60.0, baseline_period="2020"),
    KeepEveryYear(value=55.0),
    DirectionOnly(),
)
"""What most indicators are asked, in turn."""
RARE: tuple[Demand, ...] = (
    Band(lower=55.0, upper=70.0, tolerance=10.0),
    Band(lower=55.0, upper=70.0, due="2030"),
    ShareOfWhole(whole=80.0, percent=90.0),
    ShareOfWhole(whole=80.0, percent=99.0, due="2030"),
    AgainstBenchmark(relation=Relation.above, territory="Land"),
    AgainstBenchmark(relation=Relation.equal, territory="Land", tolerance=2.0, due="2030"),
)
"""What one indicator in twenty is asked, in turn."""


def make_plan(measures: int, indicators: int, readings: int, path: Path) -> None:
    """Create a store at `path` with that many measures, indicators and (rounded down per indicator) readings."""
    store = Store.open(path, MOMENT, create=True)
    try:
        goals = list(_goals(max(10, measures // 20)))
        with store.change(by="Messung", at=MOMENT, action="import_plan") as writing:
            writing.write_all(list(chain(goals, _rest(goals, measures, indicators))), [])
        with store.change(by="Messung", at=MOMENT, action="import_plan") as writing:
            months = readings // max(1, indicators)
            for kind in ("reading", "comparison"):
                statement = Path(__file__).with_name(f"{kind}s.sql").read_text(encoding="utf-8")
                writing._cursor.execute(statement, {"per_indicator": months, "change_no": writing.change.number})
                writing.kinds.add(kind)
    finally:
        store.close()


def new_reading(number: int) -> Reading:
    """A revised edition of the last month, which every indicator of a made plan has."""
    return Reading(
        id=f"R-neu-{number}",
        indicator_id=f"I-{20 * number + 1:05}",
        period_start=date(2026, 10, 1),
        period_end=date(2026, 10, 31),
        period_kind=PeriodKind.month,
        value=40.0 + number,
        vintage="revidiert",
        published_on=date(2026, 11, 20),
    )


def _goals(count: int) -> list[Goal]:
    roots = max(5, count // 10)
    return [
        Goal(
            id=f"Z-{no:05}",
            title=f"{WORDS[no % len(WORDS)]} stärken ({no})",
            level=GoalLevel.strategic if no < roots else GoalLevel.operative,
            parent_ids=() if no < roots else (f"Z-{no % roots:05}",),
            state=GoalState.active,
            position=no,
        )
        for no in range(count)
    ]


def _rest(goals: list[Goal], measures: int, indicators: int) -> list[Record]:
    states, classes = list(MeasureState), list(Responsibility)
    found: list[Record] = [
        Measure(
            id=f"M-{no:05}",
            title=f"{WORDS[no % len(WORDS)]}: Vorhaben {no}",
            goal_ids=(goals[no % len(goals)].id, goals[(no * 7 + 3) % len(goals)].id)[: 1 + no % 2],
            responsibility=classes[no % 3],
            state=states[no % len(states)],
            owner=None if no % 5 == 0 else f"Sachgebiet {no % 7}",
            starts=f"20{19 + no % 7}-{1 + no % 12:02}",
            ends=f"20{28 + no % 4}-{1 + no % 12:02}",
            budget=float(no % 50 * 1000),
            mandatory=no % 11 == 0,
            depends_on=_dependencies(no),
        )
        for no in range(measures)
    ]
    found += _indicators(goals, indicators)
    found += _resources(measures)
    found += _round(measures)
    return found


def _indicators(goals: list[Goal], count: int) -> list[Record]:
    found: list[Record] = []
    for no in range(count):
        found.append(
            Indicator(
                id=f"I-{no:05}",
                title=f"{WORDS[no % len(WORDS)]}: Kennzahl {no}",
                unit="%",
                direction=Direction.lower if no % 3 else Direction.higher,
                territory="Stadt",
                basis=Basis.month,
                rhythm=Rhythm.monthly,
                facet=list(Facet)[no % 3],
                goal_ids=(goals[no % len(goals)].id,),
                owner=None if no % 4 == 0 else f"Sachgebiet {no % 7}",
            )
        )
        if no % 10:
            found.append(Target(id=f"T-{no:05}", indicator_id=f"I-{no:05}", demand=_demand(no)))
    return found


def _demand(no: int) -> Demand:
    return RARE[no // 20 % len(RARE)] if no % 20 == 1 else COMMON[no % len(COMMON)]


def _dependencies(no: int) -> tuple[Dependency, ...]:
    """One measure in four waits for the one before it, one in seven requires another; so there is no circle."""
    after = (Dependency(measure_id=f"M-{no - 1:05}"),) if no % 4 == 3 else ()
    requires = no > 0 and no % 7 == 0
    return (
        *after,
        *((Dependency(dependency=DependencyKind.requires, measure_id=f"M-{no // 7:05}"),) if requires else ()),
    )


def _resources(measures: int) -> list[Record]:
    groups: list[Record] = [
        CapacityGroup(
            id=f"K-{no}",
            title=f"Gruppe {no}",
            fte=3.0 + no,
            posts=(
                Post(label="Projektstelle", fte=1.0, leaves="2027-12" if no % 2 else None, fixed_term=bool(no % 2)),
            ),
        )
        for no in range(5)
    ]
    return groups + _demands(measures) + _money(measures)


def _demands(measures: int) -> list[Record]:
    """A demand of two quarters of its own for each measure, and for one in three a partner's contribution by month."""
    quarters: list[Record] = [
        ResourceDemand(
            id=f"D-{no:05}-{quarter}",
            measure_id=f"M-{no:05}",
            period=quarter,
            group_id=f"K-{no % 5}",
            person_days=float(1 + no % 9),
        )
        for no in range(measures)
        for quarter in QUARTERS[no % 4 : no % 4 + 2]
    ]
    return quarters + [
        ResourceDemand(
            id=f"D-{no:05}-P",
            measure_id=f"M-{no:05}",
            period="2027-01",
            until="2027-03",
            profile=(1.0, 2.0, 1.0),
            group_id=f"K-{no % 5}",
            person_days=float(1 + no % 9),
            contributed_by="Hochschule",
        )
        for no in range(0, measures, 3)
    ]


def _money(measures: int) -> list[Record]:
    pots: list[Record] = [
        FundingPot(
            id=f"FT-{no}",
            title=f"Topf {no}",
            ends="2027-12" if no % 2 else None,
            own_share=0.2 if no % 2 else None,
            years=tuple(PotYear(year=year, amount=measures * 2000.0) for year in YEARS[: 2 if no % 2 else 3]),
        )
        for no in range(4)
    ]
    return pots + [
        MoneyLine(
            id=f"G-{no:05}-{year}",
            measure_id=f"M-{no:05}",
            pot_id=f"FT-{no % 4}",
            year=year,
            planned=float(no % 50 * 400),
            committed=float(no % 50 * 300) if year <= TODAY.year else None,
            spent=float(no % 50 * 200) if year <= TODAY.year else None,
        )
        for no in range(measures)
        for year in YEARS[:2]
    ]


def _round(measures: int) -> list[Record]:
    """A closed round of four raters in two groups on five criteria."""
    criteria = tuple(
        Criterion(code=f"K{no}", title=f"Kriterium {no}", anchor_low="nein", anchor_middle="teils", anchor_high="ja")
        for no in range(4)
    )
    effort = Criterion(
        code="A",
        title="Aufwand",
        anchor_low="keiner",
        anchor_middle="etwas",
        anchor_high="viel",
        direction=CriterionDirection.lower,
        counts=False,
        axis=MatrixAxis.effort,
    )
    chosen = CriteriaSet(id="KS-1", title="Kriterien", criteria=(*criteria, effort))
    seats = tuple(Seat(number=no, group_id=f"BG-{no % 2}") for no in range(1, 5))
    round_ = PriorityRound(
        id="PR-1",
        title="Runde",
        state=RoundState.closed,
        deadline=TODAY,
        criteria=chosen.criteria,
        criteria_set_id=chosen.id,
        criteria_set_version=1,
        seats=seats,
        measure_ids=tuple(f"M-{no:05}" for no in range(measures)),
    )
    ratings: list[Record] = [
        Rating(
            id=f"BW-{no:05}-{seat.number}",
            round_id=round_.id,
            measure_id=f"M-{no:05}",
            seat=seat.number,
            scores=tuple(
                Score(code=one.code, value=float(min(10, max(0, no * (7 + place) % 11 + seat.number % 3 - 1))))
                for place, one in enumerate(chosen.criteria)
            ),
        )
        for no in range(measures)
        for seat in seats
    ]
    groups: list[Record] = [RaterGroup(id=f"BG-{no}", title=f"Gruppe {no}") for no in range(2)]
    return [chosen, *groups, round_, *ratings]


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:4]]
    make_plan(numbers[0], numbers[1], numbers[2], Path(sys.argv[4]))
