"""Small builders with the trade's data: each gives one valid record, and takes what a test wants otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from metrics.domain.base import last_day_of_month, partial_date_bounds
from metrics.domain.committee import FollowUp, FollowUpKind, PaperKind, Sitting, SittingRole
from metrics.domain.context import Event, EventKind, Finding, FindingKind, Organisation, OrganisationGroup, Source
from metrics.domain.demands import Demand, ValueByDate
from metrics.domain.goals import Goal, GoalLevel, GoalState
from metrics.domain.indicators import (
    Basis,
    Comparison,
    Direction,
    Facet,
    Indicator,
    PeriodKind,
    Reading,
    Rhythm,
)
from metrics.domain.invitations import Invitation
from metrics.domain.living_labs import LabPhase, LivingLab
from metrics.domain.measures import Measure, MeasureState, Milestone, Responsibility
from metrics.domain.people import Account, Contact, Role
from metrics.domain.plan import FieldOfAction, Perspective, Plan, PlanVersion
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
from metrics.domain.progress.outcome import Point
from metrics.domain.progress.series import Series
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, PotYear, ResourceDemand
from metrics.domain.scenarios import Scenario, ScenarioChange, ScenarioEffect
from metrics.domain.targets import Target
from metrics.domain.upkeep import (
    Contribution,
    ContributionOrigin,
    LockKind,
    Meeting,
    MeetingKind,
    PeriodLock,
    Standing,
    StatusNote,
)


def a_source(**over: Any) -> Source:
    """The employment agency's press release."""
    return Source(**{"id": "SRC-agentur", "title": "Agentur für Arbeit: Arbeitsmarkt im Dezember 2023"} | over)


def a_lock(**over: Any) -> PeriodLock:
    """The year 2024, closed."""
    days = {"first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31)}
    return PeriodLock(**{"id": "ZA-2024", "title": "Jahr 2024", "lock_kind": LockKind.year} | days | over)


def a_plan(**over: Any) -> Plan:
    """The Zukunftsplan."""
    return Plan(**{"id": "PLAN-ZP", "title": "Zukunftsplan Wirtschaftsstandort Bottrop"} | over)


def a_plan_version(**over: Any) -> PlanVersion:
    """A stage of the plan's text."""
    return PlanVersion(**{"id": "V1", "plan_id": "PLAN-ZP", "title": "Entwurf", "as_of": "2026-11"} | over)


def a_perspective(**over: Any) -> Perspective:
    """A perspective of the scorecard."""
    return Perspective(**{"id": "P-WIRKUNG", "title": "Standortwirkung", "position": 1} | over)


def a_field_of_action(**over: Any) -> FieldOfAction:
    """A Handlungsfeld."""
    return FieldOfAction(**{"id": "HF-ARBEIT", "title": "Arbeit und Beschäftigung"} | over)


def a_goal(**over: Any) -> Goal:
    """A strategic goal that is being pursued."""
    fields = {"id": "Z-R", "title": "Resilienter Standort", "level": GoalLevel.strategic, "state": GoalState.active}
    return Goal(**fields | {"owner": "Amtsleitung", "deputy": "Sachgebiet Innenstadt"} | over)


def a_living_lab(**over: Any) -> LivingLab:
    """The living lab on city logistics, running."""
    fields = {"id": "RL-C1", "title": "City-Logistik", "phase": LabPhase.co_production, "goal_ids": ("Z-R",)}
    return LivingLab(**fields | {"owner": "Sachgebiet Innenstadt", "deputy": "Amtsleitung"} | over)


def a_measure(**over: Any) -> Measure:
    """A running measure with one step done and one to come."""
    fields: dict[str, Any] = {
        "id": "M-15",
        "title": "Leerstandsmanagement Innenstadt",
        "goal_ids": ("Z-R",),
        "responsibility": Responsibility.cooperation,
        "state": MeasureState.running,
        "owner": "Sachgebiet Innenstadt",
        "deputy": "Sachgebiet Handel",
        "starts": "2026-01",
        "ends": "2027-12",
        "milestones": (
            Milestone(title="Leerstände erfasst", due="2026-06", done_on="2026-05-28"),
            Milestone(title="Drei Zwischennutzungen eröffnet", due="2027-12"),
        ),
    }
    return Measure(**fields | over)


def an_indicator(**over: Any) -> Indicator:
    """The yearly unemployment rate: lower is better."""
    fields = {
        "id": "I-ALQ",
        "title": "Arbeitslosenquote",
        "unit": "%",
        "direction": Direction.lower,
        "territory": "Stadt Bottrop",
        "basis": Basis.annual_average,
        "rhythm": Rhythm.yearly,
        "facet": Facet.social,
        "goal_ids": ("Z-R",),
        "owner": "Statistikstelle",
        "deputy": "Amtsleitung",
        "natural_minimum": 0,
        "natural_maximum": 100,
    }
    return Indicator(**fields | over)


def a_target(demand: Demand | None = None, **over: Any) -> Target:
    """7.0 % by 2028, from 8.0 % in 2021."""
    stated = demand or ValueByDate(value=7.0, due="2028", baseline=8.0, baseline_period="2021")
    return Target(**{"id": "T-I-ALQ", "indicator_id": "I-ALQ", "demand": stated} | over)


def a_reading(year: int = 2024, value: float = 8.1, **over: Any) -> Reading:
    """A value for a whole year."""
    return Reading(**{"id": f"R-I-ALQ-{year}"} | _observed(year, value) | over)


def a_comparison(year: int = 2024, value: float = 7.5, **over: Any) -> Comparison:
    """A value of North Rhine-Westphalia for a whole year."""
    return Comparison(**{"id": f"V-I-ALQ-NRW-{year}", "territory": "NRW"} | _observed(year, value) | over)


def a_status_note(**over: Any) -> StatusNote:
    """How the running measure stands in October 2026."""
    fields = {"id": "SN-1", "measure_id": "M-15", "as_of": date(2026, 10, 1), "standing": Standing.going_well}
    return StatusNote(**fields | {"text": "Zwei Ladenlokale sind vermittelt."} | over)


def an_organisation(**over: Any) -> Organisation:
    """A university that takes part."""
    return Organisation(**{"id": "S-HRW", "title": "Hochschule Ruhr West", "sector": OrganisationGroup.science} | over)


def an_account(**over: Any) -> Account:
    """Somebody of the statistics office who signs in; without an e-mail address."""
    base: dict[str, Any] = {"id": "P-1", "purpose": "Anmeldung", "name": "Erika Musterfrau", "role": Role.staff}
    return Account(**base | {"functions": ("Statistikstelle",)} | over)


def a_contact(**over: Any) -> Contact:
    """A contact person of the organisation; kept for a year."""
    base: dict[str, Any] = {"id": "KP-1", "purpose": "Netzwerktreffen", "organisation_id": an_organisation().id}
    return Contact(**base | {"name": "Klaus Kontakt", "delete_on": date(2027, 11, 24)} | over)


def a_finding(**over: Any) -> Finding:
    """A weakness that was observed."""
    fields = {"id": "SW-1", "text": "Prozesse und Instrumente wenig einheitlich", "finding_kind": FindingKind.weakness}
    return Finding(**fields | over)


def an_event(**over: Any) -> Event:
    """A meeting of the business alliance."""
    fields = {"id": "E-04", "title": "4. Treffen der Wirtschaftsallianz", "event_kind": EventKind.business_dialogue}
    return Event(**fields | {"happened_on": "2017-11-29"} | over)


def a_capacity_group(**over: Any) -> CapacityGroup:
    """Four posts."""
    return CapacityGroup(**{"id": "KG-PROJEKTE", "title": "Projekte und Netzwerke", "fte": 4} | over)


def a_resource_demand(**over: Any) -> ResourceDemand:
    """Forty person-days in the first quarter of 2027."""
    fields = {"id": "RB-M-15", "measure_id": "M-15", "period": "2027-Q1", "group_id": "KG-PROJEKTE", "person_days": 40}
    return ResourceDemand(**fields | over)


def a_funding_pot(**over: Any) -> FundingPot:
    """A programme that ends with 2027 and wants a fifth of the city's own money."""
    years = (PotYear(year=2026, amount=20_000), PotYear(year=2027, amount=80_000))
    fields = {"id": "FT-LAND", "title": "Landesförderung Innenstadt", "starts": "2026", "ends": "2027-12"}
    return FundingPot(**fields | {"own_share": 0.2, "years": years} | over)


def a_money_line(**over: Any) -> MoneyLine:
    """What a measure is to cost in 2027, partly committed."""
    fields = {"id": "MA-M-15-2027", "measure_id": "M-15", "pot_id": "FT-LAND", "year": 2027}
    return MoneyLine(**fields | {"planned": 35_000, "committed": 12_000} | over)


def a_scenario(**over: Any) -> Scenario:
    """Two posts more for the projects."""
    change = ScenarioChange(effect=ScenarioEffect.posts, group_id="KG-PROJEKTE", amount=2, starts="2027-01")
    return Scenario(**{"id": "SZ-STELLEN", "title": "Zwei Stellen mehr", "changes": (change,)} | over)


def a_criterion(**over: Any) -> Criterion:
    """Effect on the goals, with anchors for 0, 5 and 10."""
    anchors = {"anchor_low": "kein Beitrag", "anchor_middle": "spürbarer Beitrag", "anchor_high": "großer Beitrag"}
    return Criterion(**{"code": "WIRKUNG", "title": "Wirkung auf die Ziele", **anchors} | over)


def a_criteria_set(*criteria: Criterion, **over: Any) -> CriteriaSet:
    """Effect and urgency count alike; effort places a measure in the matrix and does not count."""
    chosen = criteria or (
        a_criterion(axis=MatrixAxis.impact),
        a_criterion(code="DRINGLICH", title="Dringlichkeit"),
        a_criterion(
            code="AUFWAND",
            title="Aufwand",
            direction=CriterionDirection.lower,
            counts=False,
            axis=MatrixAxis.effort,
        ),
    )
    return CriteriaSet(**{"id": "KS-1", "title": "Kriterien für Maßnahmen", "criteria": chosen} | over)


def a_round(*criteria: Criterion, **over: Any) -> PriorityRound:
    """A closed round on two measures, rated by two of the office and one from politics."""
    chosen = a_criteria_set(*criteria, **{name: over.pop(name) for name in ("weighting",) if name in over})
    fields: dict[str, Any] = {
        "id": "PR-1",
        "title": "Was gehen wir 2027 zuerst an?",
        "state": RoundState.closed,
        "deadline": date(2026, 12, 15),
        "measure_ids": ("M-15", "M-16"),
        "seats": (
            Seat(number=1, group_id="BG-AMT"),
            Seat(number=2, group_id="BG-AMT"),
            Seat(number=3, group_id="BG-POL"),
        ),
        "weighting": chosen.weighting,
        "criteria": chosen.criteria,
        "comparisons": chosen.comparisons,
        "criteria_set_id": chosen.id,
        "criteria_set_version": 1,
    }
    return PriorityRound(**fields | over)


def a_rater_group(**over: Any) -> RaterGroup:
    """The office's staff."""
    return RaterGroup(**{"id": "BG-AMT", "title": "Mitarbeitende des Amtes"} | over)


def a_rating(seat: int = 1, measure_id: str = "M-15", scores: Mapping[str, Any] | None = None, **over: Any) -> Rating:
    """A seat rates a measure: a number, None for "weiß nicht", or (low, value, high) by the criterion's code."""
    given = tuple(_score(code, value) for code, value in (scores or {"WIRKUNG": 7}).items())
    vote = over.get("vote", 1)
    fields = {"id": f"BW-{seat}-{measure_id}-{vote}", "round_id": "PR-1", "measure_id": measure_id, "seat": seat}
    return Rating(**fields | {"scores": given} | over)


def a_contribution(**over: Any) -> Contribution:
    """A firm asks for charging points for lorries; three weeks old, open, owed an answer in a week."""
    told = {
        "id": "B-1",
        "title": "Ladepunkte für Lkw mitdenken",
        "text": "Im Gewerbegebiet fehlen Ladepunkte, an denen ein Lkw wenden kann.",
        "origin": ContributionOrigin.business,
        "measure_ids": ("M-15",),
        "received_on": date(2026, 11, 3),
    }
    return Contribution(**told | over)


def a_meeting(**over: Any) -> Meeting:
    """The office's weekly meeting."""
    told = {"id": "T-1", "title": "Jour fixe", "meeting_kind": MeetingKind.jour_fixe, "held_on": date(2026, 11, 30)}
    return Meeting(**told | over)


def a_sitting(**over: Any) -> Sitting:
    """A sitting that decides on the state of the plan."""
    told = {"id": "SI-1", "title": "Zukunftsplan: Stand der Umsetzung", "committee": "Ausschuss für Wirtschaft"}
    told |= {"held_on": date(2026, 12, 10), "role": SittingRole.decision, "paper_kind": PaperKind.decision}
    return Sitting(**told | over)


def a_follow_up(**over: Any) -> FollowUp:
    """What that sitting ordered."""
    told = {"id": "FU-1", "title": "Zielwert anpassen", "sitting_id": "SI-1", "text": "Der Zielwert wird angepasst."}
    return FollowUp(**told | {"follow_up_kind": FollowUpKind.decision} | over)


def an_invitation(**over: Any) -> Invitation:
    """A firm is asked about a measure until Christmas."""
    told = {
        "id": "E-1",
        "purpose": "Stellungnahme zum Zukunftsplan",
        "address": "werk@betrieb.example",
        "measure_ids": ("M-15",),
        "code_sha256": "0" * 64,
        "invited_by": "P-1",
        "invited_at": datetime(2026, 11, 24, 9, 0),
        "expires_on": date(2026, 12, 22),
        "delete_on": date(2027, 1, 21),
    }
    return Invitation(**told | over)


def _score(code: str, value: Any) -> Score:
    if isinstance(value, tuple):
        low, middle, high = value
        return Score(code=code, value=middle, low=low, high=high)
    return Score(code=code, value=value)


def a_point(period: str | int, value: float, **over: Any) -> Point:
    """A point of a series for a year, month or day."""
    start, end = partial_date_bounds(str(period))
    return Point(**{"start": start, "end": end, "value": value} | over)


def a_span(first: str, last: str, value: float, **over: Any) -> Point:
    """A point of a half-year, a school year or another span, from the first day of one date to the last of another."""
    return a_point(first, value, end=partial_date_bounds(last)[1], **over)


def a_copy_of(point: Point, **over: Any) -> Point:
    """The same point with something else about it."""
    return Point(**{name: getattr(point, name) for name in Point.__annotations__} | over)


def a_series(values: Mapping[int, float] | list[float], *, until: int = 2023, **over: Any) -> tuple[Point, ...]:
    """Yearly points, oldest first: from a mapping of years, or one value a year up to `until`."""
    by_year = values if isinstance(values, Mapping) else dict(enumerate(values, until - len(values) + 1))
    return tuple(a_point(year, value, **over) for year, value in sorted(by_year.items()))


def known(
    points: Mapping[int, float] | Sequence[float] | Sequence[Point], direction: str = "higher", **over: Any
) -> Series:
    """What is known of an indicator: these points, or yearly values up to 2023 as `a_series` takes them.

    `others` may be given in the same ways.
    """
    others = {name: _points(found) for name, found in over.pop("others", {}).items()}
    return Series(_points(points), Direction(direction), others, **over)


def the_end_of(period: str) -> date:
    """Last day of a year or month."""
    return partial_date_bounds(period)[1]


def _points(found: Mapping[int, float] | Sequence[Any]) -> tuple[Point, ...]:
    if isinstance(found, Mapping):
        return a_series(found)
    return tuple(found) if all(isinstance(one, Point) for one in found) else a_series(list(found))


def _observed(year: int, value: float) -> dict[str, Any]:
    return {
        "indicator_id": "I-ALQ",
        "period_start": date(year, 1, 1),
        "period_end": last_day_of_month(year, 12),
        "period_kind": PeriodKind.year,
        "value": value,
    }
