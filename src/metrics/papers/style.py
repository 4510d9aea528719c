"""The colours and signs that all papers share: light print colours, readable on their tints."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.domain.progress.outcome import Course

ACCENT = "#0b4f7a"
GREY = "#5b6670"
LINE = "#c9d1d7"
PALE = "#f2f5f7"


@dataclass(frozen=True, slots=True)
class Sign:
    """A course as a character of its own shape; `colour` reads at 4.5:1 and more on `tint` and on white."""

    character: str
    colour: str
    tint: str


SIGNS: dict[str, Sign] = {
    "sun": Sign("●", "#1565A6", "#E8F1F9"),
    "sun_cloud": Sign("■", "#237A71", "#E9F5F3"),
    "cloud": Sign("▲", "#8A5A00", "#FBF1DD"),  # the screen's amber reaches only 3.5:1, too little for printed words
    "thunderstorm": Sign("◆", "#A0174F", "#FBE9F0"),
    "none": Sign("○", "#5B6670", "#F2F5F7"),
}
"""By course; "none" is not assessable."""


def course_key(course: Course | None) -> str:
    """The key of a course in `SIGNS`: sun, sun_cloud, cloud, thunderstorm; none without a course."""
    return course.value if course else "none"
