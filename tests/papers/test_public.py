"""What the public may not see is nowhere in what it gets, and cannot be worked out from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.progress.outcome import Course
from metrics.papers.model import (
    Aside,
    Decision,
    GoalPage,
    IndicatorLine,
    MeasureLine,
    MeasureLoad,
    Paper,
    PointLine,
)
from metrics.papers.public import for_public
from metrics.papers.sentences import changes_of, counted, running_well_of, stuck_of, summary_of
from tests.papers.samples import a_paper, a_ranking, some_goals, year_points

NOTE = "Dieser Text nennt Angaben, die nicht öffentlich sind."
YEARS = (2024, 2025)


def counting(id: str, values: dict[int, float | None], **over: Any) -> IndicatorLine:
    """An indicator that counts firms."""
    said: dict[str, Any] = {
        "id": id,
        "title": f"Betriebe der Gruppe {id}",
        "unit": "Betriebe",
        "territory": "Bottrop",
        "rising_is_better": True,
        "decimals": 0,
        "counts_units": True,
        "points": year_points(values),
    }
    return IndicatorLine(**said | over)


def with_indicators(*lines: IndicatorLine, **over: Any) -> Paper:
    """A paper with one goal that has these."""
    return a_paper(goals=(GoalPage(id="Z1", title="Ein Ziel", indicators=lines),), **over)


def told(paper: Paper) -> dict[str, list[float | None]]:
    """The values of each indicator's series."""
    return {line.id: [point.value for point in line.points] for line in paper.indicators}


def test_a_count_of_one_or_two_firms_is_withheld_and_nothing_and_three_are_told() -> None:
    public = for_public(with_indicators(counting("A", {2021: 0, 2022: 1, 2023: 2, 2024: 3})))
    assert told(public) == {"A": [0, None, None, 3]}
    assert [point.withheld for point in public.indicators[0].points] == [False, True, True, False]
    assert public.withheld == 2
    assert public.head.public is True


def test_small_values_that_count_nobody_are_told() -> None:
    public = for_public(with_indicators(counting("A", {2024: 1.5}, unit="%", counts_units=False)))
    assert told(public) == {"A": [1.5]}


def test_a_value_that_one_firm_makes_up_nearly_alone_is_withheld_and_its_share_is_never_told() -> None:
    lines = counting("A", {}, unit="€", counts_units=False, points=year_points({2024: 9e6}, largest_share=0.86))
    other = counting("B", {}, unit="€", counts_units=False, points=year_points({2024: 9e6}, largest_share=0.85))
    public = for_public(with_indicators(lines, other))
    assert told(public) == {"A": [None], "B": [9e6]}
    assert {point.largest_share for line in public.indicators for point in line.points} == {None}


def test_with_the_last_value_go_its_share_its_course_and_every_trace_of_it() -> None:
    line = counting(
        "A",
        {2023: 8, 2025: 2},
        baseline=8,
        baseline_period="2023",
        actual=2,
        actual_period="2025",
        target=20,
        expected=12,
        share=-0.5,
        course=Course.thunderstorm,
    )
    (public,) = for_public(with_indicators(line)).indicators
    assert (public.baseline, public.actual, public.share, public.course) == (8, None, None, None)
    assert (public.expected, public.target) == (12, 20)
    assert public.reason == "Zum Schutz einzelner Betriebe oder Personen nicht öffentlich."


def test_with_the_first_value_goes_what_it_could_be_worked_out_from() -> None:
    line = counting(
        "A", {2023: 2, 2025: 8}, baseline=2, actual=8, target=20, expected=12, share=1 / 3, expected_share=0.5
    )
    (public,) = for_public(with_indicators(line)).indicators
    assert (public.baseline, public.expected, public.share, public.expected_share) == (None, None, None, None)
    assert (public.actual, public.target) == (8, 20)


def test_a_goal_whose_only_judged_indicator_is_withheld_has_no_course_either() -> None:
    line = counting("A", {2025: 2}, actual=2, course=Course.thunderstorm)
    goal = GoalPage(id="Z1", title="Ein Ziel", course=Course.thunderstorm, coverage=1, indicators=(line,))
    (public,) = for_public(a_paper(goals=(goal,))).goals
    assert (public.course, public.coverage) == (None, None)


def test_the_next_smallest_part_is_withheld_where_total_and_parts_would_tell_one() -> None:
    parts = [counting(id, {2024: value}, part_of="T") for id, value in zip("ABC", (2, 9, 5), strict=True)]
    public = for_public(with_indicators(counting("T", {2024: 16}), *parts))
    assert told(public) == {"T": [16], "A": [None], "B": [9], "C": [None]}
    assert public.withheld == 2


def test_two_withheld_parts_that_can_only_be_one_each_take_a_third_with_them() -> None:
    parts = [counting(id, {2024: value}, part_of="T") for id, value in zip("ABC", (1, 1, 7), strict=True)]
    assert told(for_public(with_indicators(counting("T", {2024: 9}), *parts)))["C"] == [None]


def test_a_part_of_nothing_protects_nobody_so_the_total_is_withheld() -> None:
    parts = [counting(id, {2024: value}, part_of="T") for id, value in zip("AB", (2, 0), strict=True)]
    assert told(for_public(with_indicators(counting("T", {2024: 2}), *parts))) == {"T": [None], "A": [None], "B": [0]}


def test_a_confidential_part_cannot_be_worked_out_from_its_total() -> None:
    parts = [counting("A", {2024: 40}, part_of="T", confidential=True), counting("B", {2024: 5}, part_of="T")]
    assert told(for_public(with_indicators(counting("T", {2024: 45}), *parts))) == {"T": [45], "B": [None]}


def test_first_and_last_values_are_parts_of_totals_as_well() -> None:
    parts = [
        counting(id, {}, actual=value, actual_period="2025", part_of="T")
        for id, value in zip("ABC", (2, 9, 5), strict=True)
    ]
    public = for_public(with_indicators(counting("T", {2025: 16}), *parts))
    assert [line.actual for line in public.indicators] == [None, None, 9, None]


def test_confidential_items_are_dropped_with_every_text_that_names_them() -> None:
    paper = a_paper()
    goal = paper.goals[0]
    secret = MeasureLine(id="M9.9", title="Ansiedlung Projekt Adler", state="geplant", owner=None, confidential=True)
    question = paper.follow_ups[2].model_copy(
        update={"confidential": True, "text": "Wann zieht die Firma Muster um?", "result": "Im Mai 2027 zieht sie um."}
    )
    ranking = a_ranking()
    rows = (ranking.rows[0].model_copy(update={"measure_id": "M9.9", "title": secret.title}), *ranking.rows[1:])
    laden = paper.model_copy(
        update={
            "goals": (
                goal.model_copy(
                    update={
                        "measures": (*goal.measures, secret),
                        "assessment": "Für die  ansiedlung projekt Adler fehlt Geld.",
                    }
                ),
            ),
            "ranking": ranking.model_copy(update={"rows": rows}),
            "follow_ups": (*paper.follow_ups[:2], question),
            "changes": ("M9.9 beginnt später.", "Sonst nichts."),
            "decisions": (Decision(number=1, text="Wann zieht die Firma Muster um?", indicator_id="I1.1"),),
        }
    )
    public = for_public(laden)
    text = public.model_dump_json().casefold()
    assert [word for word in ("adler", "m9.9", "muster", "im mai 2027") if word in text] == []
    assert public.goals[0].assessment == NOTE
    assert public.changes == ("Sonst nichts.",)
    assert len(public.ranking.rows if public.ranking else ()) == 5
    assert public.withheld == 2 + 3


@pytest.mark.parametrize(
    "text",
    [
        "In der Gruppe sind noch 2 Betriebe.",
        "In der Gruppe sind noch 2\u00a0Betrieben geblieben.",
        "Noch zwei Betriebe machen mit.",
        "Betriebe der Gruppe A: 2",
    ],
)
def test_a_text_that_tells_a_withheld_value_is_taken_out(text: str) -> None:
    assert for_public(with_indicators(counting("A", {2024: 2}), summary=text)).summary == NOTE


@pytest.mark.parametrize(
    "text",
    ["Betriebe der Gruppe A: siehe Anlage 12.", "Am 2. Mai traf sich der Beirat.", "12 Betriebe", "2,5 Betriebe"],
)
def test_a_text_with_other_numbers_stays(text: str) -> None:
    assert for_public(with_indicators(counting("A", {2024: 2}), summary=text)).summary == text


def test_what_an_indicator_says_of_itself_tells_no_withheld_value() -> None:
    line = counting("A", {2024: 2, 2026: 9}, target_told="von 2 auf 20 bis 2028", source="Meldung vom 12.2.2027")
    (public,) = for_public(with_indicators(line)).indicators
    assert (public.target_told, public.source) == (NOTE, "Meldung vom 12.2.2027")


def test_the_money_of_a_confidential_measure_cannot_be_worked_out_from_that_of_its_goal() -> None:
    goal, other = some_goals()
    secret = goal.measures[0].model_copy(update={"confidential": True})
    goals = (goal.model_copy(update={"measures": (secret, *goal.measures[1:])}), other)
    public = for_public(a_paper(goals=goals))
    assert [pot.title for pot in (public.resources.money if public.resources else ())] == ["Fachkräfte"]
    assert public.withheld == 3, "the measure, its goal's money, and the pot's: less all others' it would be its own"
    assert for_public(public) == public


def test_the_work_of_a_confidential_measure_cannot_be_worked_out_from_that_of_the_others() -> None:
    goal, other = some_goals()
    secret = goal.measures[0].model_copy(update={"confidential": True})
    paper = a_paper(goals=(goal.model_copy(update={"measures": (secret, *goal.measures[1:])}), other))
    assert paper.resources and [one.measure_id for one in paper.resources.measures] == [secret.id, "M2.3"]
    public = for_public(paper).resources
    assert public and public.measures == () and public.quarters == paper.resources.quarters


@pytest.fixture
def aside() -> Paper:
    """A paper that names a confidential measure which stands on no goal's page."""
    secret = MeasureLine(id="M-9", title="Ansiedlung Werk Nord", state="geplant", owner=None, confidential=True)
    ranking = a_ranking()
    row = ranking.rows[0].model_copy(update={"measure_id": secret.id, "title": secret.title})
    load = MeasureLoad(measure_id=secret.id, title=secret.title, demand=(1.0, 0, 0, 0))
    resources = a_paper().resources
    assert resources
    return a_paper(
        aside=Aside(measures=(secret,)),
        summary="Die Ansiedlung Werk Nord verzögert sich.",
        ranking=ranking.model_copy(update={"rows": (row, *ranking.rows[1:])}),
        resources=resources.model_copy(update={"measures": (load, *resources.measures)}),
    )


def test_what_is_confidential_and_stands_on_no_page_is_named_nowhere(aside: Paper) -> None:
    public = for_public(aside)
    assert "Werk Nord" not in public.model_dump_json() and "M-9" not in public.model_dump_json()
    assert public.summary == NOTE
    assert public.withheld == 2, "the place in the ranking and the text"
    assert public.aside == Aside() and for_public(public) == public


def test_a_part_of_a_sum_that_stands_on_no_page_is_not_worked_out_from_the_sum() -> None:
    total, part = counting("T", {2024: 12}), counting("A", {2024: 10}, part_of="T")
    alone = with_indicators(total, part, aside=Aside(indicators=(counting("B", {2024: 2}, part_of="T"),)))
    assert told(for_public(alone)) != told(alone)
    enough = with_indicators(total, part, aside=Aside(indicators=(counting("B", {2024: 3}, part_of="T"),)))
    assert told(for_public(enough)) == told(enough)


def test_that_a_withheld_value_is_far_from_its_plan_is_not_told() -> None:
    line = counting("A", {2025: 2}, actual=2, actual_period="2025", expected=12, to_comment=True)
    assert not for_public(with_indicators(line)).indicators[0].to_comment


def test_a_paper_without_secrets_is_told_as_it_is() -> None:
    paper = a_paper()
    assert for_public(paper) == paper.model_copy(update={"head": paper.head.model_copy(update={"public": True})})


def test_ranks_have_no_gap_where_a_confidential_measure_stood() -> None:
    ranking = a_ranking()
    secret = MeasureLine(id="M3", title="Beratungsgutscheine", state="geplant", owner=None, confidential=True)
    public = for_public(a_paper(ranking=ranking, aside=Aside(measures=(secret,)))).ranking
    assert public
    assert [row.rank for row in public.rows] == [1, 2, 3, 4, 5]
    assert {(row.best_rank, row.worst_rank) for row in public.rows} == {(None, None)}


# --- laws -----------------------------------------------------------------------------------------------------------

counts = st.one_of(st.integers(0, 4), st.integers(0, 60))


@st.composite
def trees(draw: st.DrawFn) -> tuple[IndicatorLine, ...]:
    """Totals of parts, some of which are totals themselves; every total is the sum of its parts in each year."""
    parents: list[int | None] = [None]
    parents += [draw(st.integers(0, node - 1)) for node in range(1, draw(st.integers(2, 9)))]
    values: list[dict[int, float]] = [{year: draw(counts) for year in YEARS} for _ in parents]
    for node in range(len(parents) - 1, -1, -1):
        children = [child for child, parent in enumerate(parents) if parent == node]
        if children:
            values[node] = {year: sum(values[child][year] for child in children) for year in YEARS}
    lines = []
    for node, parent in enumerate(parents):
        shares = st.one_of(st.none(), st.floats(0.1, 1))
        points = tuple(
            PointLine(
                start=date(year, 1, 1), end=date(year, 12, 31), value=values[node][year], largest_share=draw(shares)
            )
            for year in YEARS
        )
        told_last = draw(st.booleans())
        lines.append(
            counting(
                f"N{node}",
                {},
                points=points,
                part_of=None if parent is None else f"N{parent}",
                confidential=draw(st.integers(0, 9)) == 0,
                actual=values[node][YEARS[-1]] if told_last else None,
                actual_period=draw(st.sampled_from(["2025", None])) if told_last else None,
            )
        )
    return tuple(draw(st.permutations(lines)))


def sums(lines: Iterable[IndicatorLine], shown: Mapping[str, IndicatorLine], place: int) -> list[dict[str, int]]:
    """What each total says of the values of a year that are not shown."""
    known = {id for id, line in shown.items() if line.points[place].value is not None}
    if YEARS[place] == YEARS[-1]:
        known |= {id for id, line in shown.items() if line.actual is not None}
    parts: dict[str, list[str]] = {total.id: [line.id for line in lines if line.part_of == total.id] for total in lines}
    terms = [{total: 1} | dict.fromkeys(of, -1) for total, of in parts.items() if of]
    return [{id: sign for id, sign in one.items() if id not in known} for one in terms]


def determined(equations: list[dict[str, int]]) -> set[str]:
    """The unknowns that a system of linear equations leaves no choice for (Gauss–Jordan, exact)."""
    unknowns = sorted({name for equation in equations for name in equation})
    rows = [[Fraction(equation.get(name, 0)) for name in unknowns] for equation in equations]
    reduced: list[list[Fraction]] = []
    for column in range(len(unknowns)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        reduced = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in reduced] + [pivot]
    return {unknowns[row.index(1)] for row in reduced if sum(1 for value in row if value) == 1}


@given(trees())
def test_nothing_withheld_follows_from_totals_and_parts(lines: tuple[IndicatorLine, ...]) -> None:
    public = for_public(with_indicators(*lines))
    shown = {line.id: line for line in public.indicators}
    for place in range(len(YEARS)):
        assert determined(sums(lines, shown, place)) == set()


@given(trees(), st.data())
def test_nothing_secret_follows_from_the_sums_of_what_stands_on_no_page(
    lines: tuple[IndicatorLine, ...], data: st.DataObject
) -> None:
    beside = data.draw(st.sets(st.sampled_from([line.id for line in lines])))
    pages = [line for line in lines if line.id not in beside]
    aside = Aside(indicators=tuple(line for line in lines if line.id in beside))
    shown = {line.id: line for line in for_public(with_indicators(*pages, aside=aside)).indicators}
    for place in range(len(YEARS)):
        secret = {
            line.id
            for line in lines
            if line.confidential
            or 0 < (line.points[place].value or 0) < 3
            or (line.points[place].largest_share or 0) > 0.85
        }
        assert determined(sums(lines, shown, place)) & secret == set()


@given(trees())
def test_every_small_or_dominated_value_is_withheld(lines: tuple[IndicatorLine, ...]) -> None:
    public = for_public(with_indicators(*lines))
    shown = {line.id: line for line in public.indicators}
    assert set(shown) == {line.id for line in lines if not line.confidential}
    for line in lines:
        for place, point in enumerate(line.points):
            if line.id in shown and (0 < (point.value or 0) < 3 or (point.largest_share or 0) > 0.85):
                assert shown[line.id].points[place].value is None
                assert shown[line.id].points[place].withheld
    assert [line.id for line in public.indicators if line.actual is not None and 0 < line.actual < 3] == []


@given(trees())
def test_the_public_variant_of_the_public_variant_is_itself(lines: tuple[IndicatorLine, ...]) -> None:
    once = for_public(with_indicators(*lines, summary="Noch 2 Betriebe und N3."))
    assert for_public(once) == once


names = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters='\\"'), min_size=6, max_size=30)


@given(names.map(lambda text: f"Vorhaben Q7 {text.strip()} Z9"), st.data())
def test_no_name_of_a_confidential_item_is_left_anywhere(name: str, data: st.DataObject) -> None:
    paper = a_paper()
    measures = (MeasureLine(id="GEHEIM-1", title=name, state="geplant", owner=None, confidential=True),)
    around = data.draw(st.sampled_from(["{}", "Zu {}: es eilt.", "({})", "„{}“ GEHEIM-1"]))
    places = data.draw(st.sets(st.sampled_from(["summary", "facts", "stuck", "climate"]), min_size=1))
    told_names = {place: around.format(name.upper() if data.draw(st.booleans()) else name) for place in places}
    goals = (paper.goals[0].model_copy(update={"measures": measures}),)
    public = for_public(paper.model_copy(update={**told_names, "goals": goals, "changes": (name, "GEHEIM-1 ruht.")}))
    left = public.model_dump_json().casefold()
    assert name.casefold() not in left
    assert "geheim-1" not in left
    assert public.withheld == 1 + len(places) + 2


def told_of(*lines: IndicatorLine, summary: str | None = None) -> Paper:
    """A paper whose sentences were made of these indicators."""
    courses = [line.course for line in lines if line.course]
    course = max(courses, key=lambda one: one.severity, default=None)
    goal = GoalPage(id="Z1", title="Ein Ziel", indicators=lines, course=course, generated=counted(lines, "de"))
    before = goal.model_copy(update={"course_before": Course.sun_cloud})
    return a_paper(
        goals=(before,),
        summary=summary or summary_of((goal,), None, "de"),
        resources=None,
        running_well=running_well_of((goal,), "de"),
        stuck=stuck_of((goal,), "de"),
        changes=tuple(changes_of((before,), "de")),
    )


def standings(least: int) -> st.SearchStrategy[dict[str, Any]]:
    """How an indicator stands, with a value from `least` on: what is equal to a secret value is not told either."""
    values = st.one_of(st.none(), st.integers(least, least + 80).map(float))
    return st.fixed_dictionaries(
        {"course": st.sampled_from([*Course, None]), "actual": values, "to_comment": st.booleans()}
    )


@given(st.lists(standings(10), min_size=1, max_size=4), standings(100), standings(100))
def test_nothing_that_the_public_reads_depends_on_what_is_confidential(
    shown: list[dict[str, Any]], one: dict[str, Any], other: dict[str, Any]
) -> None:
    lines = [counting(f"N{place}", {}, **told) for place, told in enumerate(shown)]
    secrets = [counting("N-X", {}, title="Verhandlung Nord", confidential=True, **told) for told in (one, other)]
    public = [for_public(told_of(*lines, secret)) for secret in secrets]
    assert public[0] == public[1]
    assert public[0].summary == summary_of(public[0].goals, None, "de")
    typed = [for_public(told_of(*lines, secret, summary="Selbst geschrieben.")) for secret in secrets]
    assert {paper.summary for paper in typed} == {"Selbst geschrieben."}
    assert for_public(public[0]) == public[0]
