"""What the pages of rounds refuse: tried once, told at its field, forgotten after it was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError

from metrics.domain.priorities import PriorityRound
from metrics.domain.refusals import Refusal, SomebodyElseWasFaster
from metrics.locale.names import MODELS
from metrics.locale.words import refusal_sentence, validation_sentences
from metrics.ui import day_input
from metrics.ui.session import _, language
from metrics.ui.text import literal

ERRORS = "runde_fehler"
KIND = PriorityRound.kind
FIELDS = frozenset({"title", "criteria_set_id", "deadline", "measure_ids", "seats", "voice", "reason"})
"""Fields at which a sentence is shown; any other stands above the page."""


def attempt(work: Callable[[], Any]) -> Any:
    """What the work gives; None if it was refused, and then the sentence stands at its field."""
    st.session_state.pop(ERRORS, None)
    try:
        return work()
    except SomebodyElseWasFaster:
        st.session_state[ERRORS] = {
            "": _(
                "Jemand anderes hat die Runde gerade geändert. Sie sehen jetzt den neuen Stand; bitte prüfen Sie ihn."
            )
        }
    except Refusal as refusal:
        st.session_state[ERRORS] = {refusal.field: refusal_sentence(refusal, language())}
    except ValidationError as error:
        kind = next((kind for kind, model in MODELS.items() if model.__name__ == error.title), KIND)
        st.session_state[ERRORS] = dict(validation_sentences(error, kind, language()))
    return None


def refuse(errors: Mapping[str, str]) -> None:
    """Show these sentences at their fields in the next run."""
    st.session_state[ERRORS] = dict(errors)


def day_of(text: str, errors: dict[str, str]) -> date | None:
    """The day that was typed; None puts a sentence among the errors."""
    found, problem = day_input.day_of(text)
    if problem:
        errors["deadline"] = problem
    return found


def error(path: str) -> None:
    """The sentence that stands at a field; the path "" is that of all that concern no field."""
    errors: Mapping[str, str] = st.session_state.get(ERRORS, {})
    found = [errors[path]] if path in errors else []
    if path == "":
        found += [sentence for where, sentence in errors.items() if where and where.split(".")[0] not in FIELDS]
    for sentence in found:
        st.markdown(f":red[:material/error: {literal(sentence)}]")


def settled() -> None:
    """Forget the errors of the last attempt; they have been shown."""
    st.session_state.pop(ERRORS, None)
