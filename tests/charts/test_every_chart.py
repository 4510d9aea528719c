"""What holds for every chart: pure, small, fast, safe, the same numbers in the table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from metrics.charts import (
    attainment_bars,
    contribution_bars,
    demand_columns,
    gantt,
    goal_rings,
    group_dots,
    impact_effort,
    load_heatmap,
    money_bars,
    progress_curve,
    rank_heatmap,
    scenario_dots,
    small_multiples,
    sparkline,
    story,
    target_path,
    timeline,
)
from metrics.charts.series import Event, Point
from tests.charts.chart_samples import SAMPLES, WORDS
from tests.charts.planning_samples import many_gantt_rows

EVERY = pytest.mark.parametrize("name", SAMPLES)
HOSTILE = '<b>fett</b><a href="javascript:alert(1)">hier</a> %{y} & 👩‍👧\x00\x1b\u202e' + "lang " * 400
ALLOWED_TAGS = {"<br>", "<b>", "</b>", "<i>", "</i>", "</span>"}

ON_DEMAND = {impact_effort: set(impact_effort.RANGE_COLUMNS)}
"""Columns that a chart's table has only where the chart shows the same."""

EMPTY = {
    "target_path": (target_path, target_path.TargetPath(WORDS, "%", "Quote", ())),
    "small_multiples": (small_multiples, small_multiples.SmallMultiples(WORDS, ())),
    "sparkline": (sparkline, sparkline.Sparkline(WORDS, ())),
    "goal_rings": (goal_rings, goal_rings.GoalRings(WORDS, ())),
    "attainment_bars": (attainment_bars, attainment_bars.AttainmentBars(WORDS, ())),
    "impact_effort": (impact_effort, impact_effort.ImpactEffort(WORDS, ())),
    "contribution_bars": (contribution_bars, contribution_bars.ContributionBars(WORDS, (), ())),
    "rank_heatmap": (rank_heatmap, rank_heatmap.RankHeatmap(WORDS, ())),
    "group_dots": (group_dots, group_dots.GroupDots(WORDS, (), ())),
    "load_heatmap": (load_heatmap, load_heatmap.LoadHeatmap(WORDS, (), ())),
    "demand_columns": (demand_columns, demand_columns.DemandColumns(WORDS, (), (), ())),
    "timeline": (timeline, timeline.Timeline(WORDS, (), date(2026, 11, 24))),
    "gantt": (gantt, gantt.Gantt(WORDS, (), date(2026, 11, 24))),
    "money_bars": (money_bars, money_bars.MoneyBars(WORDS, ())),
    "progress_curve": (progress_curve, progress_curve.ProgressCurve(WORDS, (), (), date(2026, 11, 24))),
    "scenario_dots": (scenario_dots, scenario_dots.ScenarioDots(WORDS, (), ())),
    "story": (story, story.Story(WORDS, ())),
}


@EVERY
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_chart_stays_small_and_carries_no_template(name: str, dark: bool, language: str) -> None:
    module, make = SAMPLES[name]
    figure = module.draw(make(), dark, language)
    assert "template" not in figure.to_plotly_json()["layout"]
    assert len(figure.to_json().encode()) < 15_000
    assert figure.layout.separators == (",." if language == "de" else ".,")


@EVERY
def test_light_and_dark_differ(name: str) -> None:
    module, make = SAMPLES[name]
    assert module.draw(make(), False, "de") != module.draw(make(), True, "de")


@EVERY
def test_the_same_payload_gives_the_same_figure_and_stays_as_it_is(name: str) -> None:
    module, make = SAMPLES[name]
    payload = make()
    first = module.draw(payload, False, "de").to_json()
    module.table(payload)
    module.draw(payload, True, "en")
    assert module.draw(payload, False, "de").to_json() == first
    assert payload == make()


@EVERY
def test_a_chart_needs_only_the_words_it_documents(name: str) -> None:
    module, make = SAMPLES[name]
    payload = dataclasses.replace(make(), words={key: f"[{key}]" for key in module.WORDS})
    assert module.draw(payload, False, "de").data
    assert module.table(payload)


@EVERY
def test_every_column_of_the_table_has_its_translated_title_in_every_row(name: str) -> None:
    module, make = SAMPLES[name]
    rows = module.table(make())
    always = [key for key in module.WORDS if key not in ON_DEMAND.get(module, set())]
    titles = {WORDS[key] for key in always if key.startswith("column_")}
    assert len({tuple(row) for row in rows}) == 1
    assert titles <= set(rows[0])


@EVERY
def test_hostile_words_are_printed_and_never_interpreted(name: str) -> None:
    module, make = SAMPLES[name]
    figure = module.draw(_with_hostile_texts(make()), False, "de")
    texts = list(_strings(figure.to_plotly_json()))
    tags = {tag for text in texts for tag in re.findall(r"<[^<>]*>?", text)}
    assert {tag for tag in tags if not re.fullmatch(r'<span style="color:#[0-9A-F]{6}">', tag)} <= ALLOWED_TAGS
    assert not [text for text in texts if re.search(r"[\x00-\x1f\u202e]", text)]
    assert any("&lt;b&gt;fett" in text for text in texts)
    assert max(len(text) for text in texts) < 2000


@pytest.mark.parametrize("name", EMPTY)
def test_without_data_a_sentence_stands_in_place_of_the_chart(name: str) -> None:
    module, payload = EMPTY[name]
    figure = module.draw(payload, False, "de")
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text.replace("<br>", " ") == WORDS["empty"]
    assert [row for row in module.table(payload) if row.get("Maßnahme") != WORDS["capacity"]] == []


def test_a_thousand_rows_are_drawn_as_far_as_they_can_be_read_and_all_stand_in_the_table() -> None:
    days = [
        Point(date(1950 + at // 12, at % 12 + 1, 1), date(1950 + at // 12, at % 12 + 1, 2), at) for at in range(900)
    ]
    run = (tuple(days),)
    many = range(1000)
    payloads: list[tuple[Any, Any, int]] = [
        (target_path, target_path.TargetPath(WORDS, "%", "x", run, events=(Event(date(2000, 1, 1), "x"),) * 100), 900),
        (sparkline, sparkline.Sparkline(WORDS, run), 900),
        (story, story.Story(WORDS, (story.StoryPanel("x", "%", run),), (Event(date(2000, 1, 1), "x"),) * 100), 1000),
        (
            small_multiples,
            small_multiples.SmallMultiples(
                WORDS, tuple(small_multiples.Panel(str(at), "x", (tuple(days[:1]),), "1") for at in many)
            ),
            1000,
        ),
        (
            goal_rings,
            goal_rings.GoalRings(
                WORDS, tuple(goal_rings.GoalNode(str(at), str(at // 9) if at else "", "x", at / 1000) for at in many)
            ),
            1000,
        ),
        (
            attainment_bars,
            attainment_bars.AttainmentBars(
                WORDS, tuple(attainment_bars.AttainmentRow(str(at), "x", at / 1000, "1 %") for at in many)
            ),
            1000,
        ),
        (
            impact_effort,
            impact_effort.ImpactEffort(
                WORDS, tuple(impact_effort.MeasurePoint(str(at), "x", "x", 3, 3, at) for at in many)
            ),
            1000,
        ),
        (
            contribution_bars,
            contribution_bars.ContributionBars(
                WORDS,
                (contribution_bars.ContributionCriterion("c", "x"),),
                tuple(contribution_bars.ContributionRow(str(at), "x", {"c": 1.0}, 1.0, "1") for at in many),
            ),
            1000,
        ),
        (
            rank_heatmap,
            rank_heatmap.RankHeatmap(WORDS, tuple(rank_heatmap.RankRow(str(at), "x", (0.001,) * 1000) for at in many)),
            1000,
        ),
        (
            group_dots,
            group_dots.GroupDots(
                WORDS,
                (group_dots.RaterGroup("g", "x"),),
                tuple(group_dots.DotRow(str(at), "x", {"g": 1.0}) for at in many),
            ),
            1000,
        ),
        (
            load_heatmap,
            load_heatmap.LoadHeatmap(
                WORDS, ("Q1", "Q2"), tuple(load_heatmap.LoadRow(str(at), "x", (0.5, 1.5)) for at in many)
            ),
            1000,
        ),
        (
            demand_columns,
            demand_columns.DemandColumns(
                WORDS, ("Q1",), tuple(demand_columns.MeasureDemand(str(at), "x", (1.0,)) for at in many), (9.0,)
            ),
            1001,
        ),
        (
            timeline,
            timeline.Timeline(
                WORDS,
                tuple(timeline.TimelineRow(str(at), "x", "running", (date(2026, 1, 1),) * 2, None) for at in many),
                date(2026, 11, 24),
            ),
            1000,
        ),
        (gantt, many_gantt_rows(WORDS, 1000), 1000),
        (
            money_bars,
            money_bars.MoneyBars(WORDS, tuple(money_bars.MoneyRow(str(at), "x", float(at)) for at in many)),
            1000,
        ),
        (
            progress_curve,
            progress_curve.ProgressCurve(
                WORDS,
                tuple(progress_curve.ValueStep(point.start, point.value / 900) for point in days),
                (),
                date(2000, 1, 1),
            ),
            900,
        ),
        (
            scenario_dots,
            scenario_dots.ScenarioDots(
                WORDS,
                (scenario_dots.ScenarioHead("s", "x"),),
                tuple(scenario_dots.ScenarioIndicator(str(at), "x", "%", 1.0, (2.0,)) for at in many),
            ),
            1000,
        ),
    ]
    for module, payload, rows in payloads:
        assert module.draw(payload, True, "de").data, module.__name__
        assert len(module.table(payload)) >= rows, module.__name__


def _with_hostile_texts(value: Any) -> Any:
    """The payload with every free text replaced; keys that choose a look or name a node stay."""
    kept = {
        "words",
        "id",
        "key",
        "parent",
        "kind",
        "colour_by",
        "course",
        "state",
        "responsibility",
        "qualifier",
        "level",
    }
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changed = {name: _with_hostile_texts(item) for name, item in fields.items() if name not in kept}
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_with_hostile_texts(item) for item in value)
    return HOSTILE if isinstance(value, str) else value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
