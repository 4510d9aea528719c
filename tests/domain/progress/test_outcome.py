"""What a judgement can be."""

from __future__ import annotations

import pytest

from metrics.domain.progress.outcome import Attainment, Course, CourseCase, CourseVerdict, Formula
from tests.plan import a_point


def test_the_symbols_stand_in_order_from_best_to_worst() -> None:
    assert [course.value for course in sorted(Course, key=lambda course: course.severity)] == [
        "sun",
        "sun_cloud",
        "cloud",
        "thunderstorm",
    ]


@pytest.mark.parametrize(("share", "capped"), [(-0.5, 0.0), (0.0, 0.0), (0.4, 0.4), (1.0, 1.0), (1.7, 1.0)])
def test_only_the_bar_is_capped_the_share_itself_stays(share: float, capped: float) -> None:
    attainment = Attainment(share, value=1, target=2, formula=Formula.way)
    assert (attainment.share, attainment.capped) == (share, capped)


def test_a_verdict_names_each_edition_of_the_data_once() -> None:
    window = (
        a_point(2020, 1, vintage="Stand 7/2024"),
        a_point(2021, 2),
        a_point(2022, 3, vintage="Stand 1/2023"),
        a_point(2023, 4, vintage="Stand 7/2024"),
    )
    verdict = CourseVerdict(Course.sun, "destatis_weather", "2024-10", CourseCase.direction_only, window, {})
    assert verdict.vintages == ("Stand 1/2023", "Stand 7/2024")
