"""A sitting's paper as the council information system tells it, beside the form; what is taken over is only typed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics.domain.committee import ConsultationStep
from metrics.domain.refusals import Refusal
from metrics.exchange.oparl import Consulted, CouncilPaper
from metrics.locale.formats import MISSING, day
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import cards
from metrics.ui.form_values import date_as_typed, opened
from metrics.ui.forms import Form
from metrics.ui.session import _, _n, language, person
from metrics.ui.text import literal
from metrics.usecases.council import read_council_paper

ADDRESS, NUMBER, STEPS = "paper_url", "paper_number", "consultations"


def draw(form: Form) -> None:
    """The card, as soon as the form names an address: read it, see what it says, take it over into the form."""
    address = str(form.typed.get(ADDRESS, "")).strip()
    if not address:
        return
    with cards.card(_("Ratsinformationssystem")):
        key = form.key("ris")
        if st.button(_("Aus dem Ratsinformationssystem lesen"), key=key + ".lesen", icon=":material/cloud_download:"):
            with st.spinner(_("Das Ratsinformationssystem wird gelesen …")):
                st.session_state[key] = _read(address)
        found: dict[str, Any] | None = st.session_state.get(key)
        if found is None or found["address"] != address:
            return
        if found["refused"]:
            st.error(literal(found["refused"]), icon=":material/error:")
        else:
            _show(form, found["paper"], key)


def _read(address: str) -> dict[str, Any]:
    try:
        paper = read_council_paper(address, os.environ, by=person())
    except Refusal as refusal:
        return {"address": address, "paper": None, "refused": refusal_sentence(refusal, language())}
    return {"address": address, "paper": paper, "refused": "", "taken": False}


def _show(form: Form, paper: CouncilPaper, key: str) -> None:
    st.markdown(f"**{literal(paper.name or MISSING)}**")
    dated = day(paper.dated, language()) if paper.dated else ""
    st.caption(literal(" · ".join(filter(None, (paper.kind, paper.reference, dated)))))
    for step in paper.consultations:
        st.markdown(f"**{literal(step.committee or MISSING)}**  \n{literal(_words(step))}")
    unnamed = sum(step.committee is None for step in paper.consultations)
    if unnamed:
        words = _n(
            "{number} Station nennt ihr Gremium nur als weitere Adresse; der folgt das Programm nicht.",
            "{number} Stationen nennen ihr Gremium nur als weitere Adresse; der folgt das Programm nicht.",
            unnamed,
        )
        st.caption(words)
    if paper.reference or len(paper.consultations) > unnamed:
        label = _("Drucksachennummer und Beratungsfolge übernehmen")
        st.button(label, key=key + ".nehmen", icon=":material/input:", on_click=_take, args=(form, paper, key))
    if st.session_state[key]["taken"]:
        st.markdown(f":green[:material/check: {_('Im Formular eingetragen. Gespeichert wird erst mit „Speichern“.')}]")


def _words(step: Consulted) -> str:
    """What is said of a step, on one line."""
    decisive = None if step.authoritative is None else _("maßgeblich") if step.authoritative else _("nicht maßgeblich")
    held_on = day(step.held_on, language()) if step.held_on else None
    role = step.role or choice(step.sitting_role, language())
    return " · ".join(filter(None, (held_on, role, decisive, step.agenda_item, step.result)))


# --- taken over ---


def _take(form: Form, paper: CouncilPaper, key: str) -> None:
    """Type the number and the steps that are not there yet into the form; what stands there stays."""
    typed = form.typed
    empty = opened(ConsultationStep, None, language())
    here = [{name: typed[f"{STEPS}.{index}.{name}"] for name in empty} for index in range(int(typed[STEPS]))]
    rows = [row for row in here if row != empty]
    for step in paper.consultations:
        if step.committee:
            _add(rows, _as_typed(step))
    count = max(len(here), len(rows) + 1)
    rows += [dict(empty)] * (count - len(rows))
    put = {f"{STEPS}.{index}.{name}": value for index, row in enumerate(rows) for name, value in row.items()}
    number = {NUMBER: paper.reference} if paper.reference else {}
    form.put({STEPS: count} | put | number)
    st.session_state[key]["taken"] = True


def _add(rows: list[dict[str, Any]], new: Mapping[str, Any]) -> None:
    """A step that stands there already only gets the result that it lacks."""
    for row in rows:
        if (row["committee"], row["held_on"]) == (new["committee"], new["held_on"]):
            row["result"] = row["result"] or new["result"]
            return
    rows.append(dict(new))


def _as_typed(step: Consulted) -> dict[str, Any]:
    held_on = date_as_typed(step.held_on.isoformat(), language()) if step.held_on else ""
    told = {"committee": step.committee or "", "held_on": held_on, "role": step.sitting_role.value}
    return told | {"result": step.result or ""}
