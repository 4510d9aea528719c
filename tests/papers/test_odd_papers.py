"""What is rare but possible gives files that open: no room for a chart, one point, figures without measure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.domain.committee import PaperKind, SittingRole
from metrics.papers.docx import text_blocks_docx
from metrics.papers.model import Paper, QuarterLoad, RankedMeasure, Resources
from metrics.papers.pptx import slides_pptx
from metrics.papers.xlsx import workbook_xlsx
from tests.papers import samples
from tests.papers.office_samples import VACANCIES, a_head, a_paper, yearly
from tests.papers.packages import faults, hostile


def with_indicator(**over: Any) -> Paper:
    """The paper with one goal and one indicator, that has these fields."""
    line = VACANCIES.model_copy(update=over)
    return a_paper(goals=(a_paper().goals[1].model_copy(update={"indicators": (line,)}),))


def with_ranks(*scores: tuple[float | None, float | None]) -> Paper:
    """The paper with a ranking of measures with these efforts and impacts."""
    ranking = a_paper().ranking
    assert ranking is not None
    rows = tuple(
        RankedMeasure(rank=k, measure_id=f"M{k}", title=f"Maßnahme {k}", utility=50, effort=effort, impact=impact)
        for k, (effort, impact) in enumerate(scores, 1)
    )
    return a_paper(ranking=ranking.model_copy(update={"rows": rows}))


def with_quarters(*loads: tuple[float, float]) -> Paper:
    """The paper with quarters of these demands and capacities."""
    quarters = tuple(
        QuarterLoad(label=f"Q{k}", demand=demand, capacity=there) for k, (demand, there) in enumerate(loads)
    )
    return a_paper(resources=Resources(sentence="", quarters=quarters))


ODD = {
    "no plan for today": with_indicator(expected=None, expected_share=None),
    "no due day": with_indicator(due=None),
    "due on the day of the paper": with_indicator(due=date(2026, 9, 30)),
    "due before it": with_indicator(due=date(2020, 1, 1)),
    "the same value always": with_indicator(points=yearly(2022, 5, 5, 5), expected=5, target=5, actual=5),
    "all values are zero": with_indicator(points=yearly(2022, 0, 0), expected=0, target=0, actual=0, due=None),
    "huge values": with_indicator(points=yearly(2022, 1e15, -1e15), expected=1e15, actual=-1e15, share=-1e9),
    "tiny values": with_indicator(points=yearly(2022, 1e-9, 2e-9), expected=3e-9, actual=2e-9, target=4e-9, decimals=6),
    "far beyond its target": with_indicator(share=50.0),
    "a hundred years": with_indicator(points=yearly(1901, *range(100))),
    "one value": with_indicator(points=yearly(2022, 5)),
    "points out of order": with_indicator(points=tuple(reversed(VACANCIES.points))),
    "two values of one day": with_indicator(points=(*VACANCIES.points, *VACANCIES.points)),
    "no unit": with_indicator(unit=""),
    "neutral": with_indicator(rising_is_better=None, course=None, share=None),
    "baseline is target": with_indicator(baseline=95.0, share=1.0),
    "stale and confidential": with_indicator(stale=True, confidential=True, illustrative=True),
    "measures without scores": with_ranks((None, None), (3, None)),
    "scores of a scale of 100": with_ranks((100, 80), (0, 0)),
    "scores of a scale of 10": with_ranks((10, 10), (2.5, 7.5)),
    "one measure": with_ranks((3, 3)),
    "no capacity": with_quarters((1, 0), (0, 0)),
    "room in every quarter": with_quarters((1, 2)),
    "only to be noted": a_paper(head=a_head(role=SittingRole.noting, kind=PaperKind.report)),
    "preliminary": a_paper(head=a_head(role=SittingRole.preliminary, agenda_item="", paper_number="")),
    "goals alone": a_paper(goals=tuple(goal.model_copy(update={"indicators": ()}) for goal in a_paper().goals)),
    "in English": a_paper(language="en"),
    "everything that can happen": samples.a_paper(),
    "its large sister": samples.large_paper(12, 60, 40),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_paper_gives_files_that_open(odd: str) -> None:
    assert faults(slides_pptx(ODD[odd])) == []
    assert faults(text_blocks_docx(ODD[odd])) == []
    assert faults(workbook_xlsx(ODD[odd])) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_can_be_typed_anywhere(text: str) -> None:
    paper = hostile(a_paper(), text)

    assert faults(slides_pptx(paper)) == []
    assert faults(text_blocks_docx(paper)) == []
    assert faults(workbook_xlsx(paper)) == []
