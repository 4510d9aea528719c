"""Prioritisation: criteria, groups of raters and their scores."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from metrics.domain.base import Identifier, MeasureId, OptionalText, Record, Reference, Share, Title, Value

SCALE_LOWEST, SCALE_HIGHEST = 1, 5


class CriterionDirection(StrEnum):
    """Whether a high score speaks for a measure or against it."""

    higher = "higher"
    lower = "lower"  # type: ignore[assignment]  # hides str.lower, which a direction has no use for


class MatrixAxis(StrEnum):
    """Which axis of the impact–effort matrix a criterion feeds."""

    impact = "impact"
    effort = "effort"


class Criterion(Record):
    """A criterion with its weight (share 0–1 of all weights)."""

    kind: ClassVar[str] = "criterion"

    title: Title
    weight: Share
    direction: CriterionDirection
    axis: MatrixAxis | None = None
    question: OptionalText = None


class RaterGroup(Record):
    """A group that rates on its own."""

    kind: ClassVar[str] = "rater_group"

    title: Title


class Score(Value):
    """A score 1–5 on one criterion."""

    criterion_id: Annotated[Identifier, Reference("criterion")]
    score: Annotated[float, Field(ge=SCALE_LOWEST, le=SCALE_HIGHEST)]


class Rating(Record):
    """How one group rates one measure."""

    kind: ClassVar[str] = "rating"

    measure_id: MeasureId
    group_id: Annotated[Identifier, Reference("rater_group")]
    scores: tuple[Score, ...]
