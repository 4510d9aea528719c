"""What the robustness card says of a share: all and none are said only of all and none."""

from __future__ import annotations

import pytest

from metrics.ui.standing_view import of_a_hundred


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, 0), (0.0001, 1), (0.004, 1), (0.5, 50), (0.874, 87), (0.876, 88), (0.995, 99), (0.9999, 99), (1.0, 100)],
)
def test_a_share_that_is_almost_all_is_not_all_and_one_that_is_almost_none_is_not_none(share: float, said: int) -> None:
    assert of_a_hundred(share) == said
