"""What a judgement can be."""

from __future__ import annotations

import pytest

from metrics.domain.progress.outcome import Attainment, Course


def test_the_symbols_stand_in_order_from_best_to_worst() -> None:
    assert [course.value for course in sorted(Course, key=lambda course: course.severity)] == [
        "sun",
        "sun_cloud",
        "cloud",
        "thunderstorm",
    ]


@pytest.mark.parametrize(("share", "capped"), [(-0.5, 0.0), (0.0, 0.0), (0.4, 0.4), (1.0, 1.0), (1.7, 1.0)])
def test_only_the_bar_is_capped_the_share_itself_stays(share: float, capped: float) -> None:
    attainment = Attainment(share, value=1, target=2)
    assert (attainment.share, attainment.capped) == (share, capped)
