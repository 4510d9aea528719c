"""A day as it is typed into a field."""

from __future__ import annotations

from datetime import date

from metrics.domain.refusals import Refusal
from metrics.locale.reading_input import parse_partial_date
from metrics.locale.words import refusal_sentence
from metrics.ui.session import _, language


def day_of(text: str) -> tuple[date | None, str]:
    """The day that was typed, or what does not fit."""
    try:
        return date.fromisoformat(parse_partial_date(text, language())), ""
    except Refusal as refusal:
        return None, refusal_sentence(refusal, language())
    except ValueError:  # a year or a month is no day
        return None, _("Bitte nennen Sie einen Tag, zum Beispiel 31.12.2026.")
