"""Everything that a function is in charge of, and the form that hands it over: all of it or chosen records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from metrics.domain.ownership import Charge, is_over
from metrics.domain.refusals import Refusal
from metrics.locale.words import refusal_sentence
from metrics.ui import cards, navigation, ownership_view
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person
from metrics.ui.text import literal
from metrics.usecases.handing_over import Held, hand_over

ROWS = 12
DONE = "uebergabe_erledigt"
FIELDS = ("neu", "vertretung", "grund")
ALL, SOME = "alle", "einzelne"


def show(function: str) -> None:
    """What the function is in charge of, then the form."""
    held = ownership_view.held_by(function)
    at_work = [one for one in held if not is_over(one.record)]
    _notice()
    _unheld(function)
    title = _n(
        "{funktion}: {number} laufender Eintrag",
        "{funktion}: {number} laufende Einträge",
        len(at_work),
        funktion=function,
    )
    with cards.card(title):
        if not at_work:
            st.caption(_("Diese Funktion ist für nichts zuständig, was noch läuft."))
        _list(at_work, function)
        if len(held) > len(at_work):
            st.caption(
                _n(
                    "Dazu {number} abgeschlossener Eintrag. Er bleibt, wo er zu Ende gebracht wurde.",
                    "Dazu {number} abgeschlossene Einträge. Sie bleiben, wo sie zu Ende gebracht wurden.",
                    len(held) - len(at_work),
                )
            )
    if at_work:
        _form(function, at_work)


def _list(held: Sequence[Held], function: str) -> None:
    pages = -(-len(held) // ROWS)
    chosen = st.pagination(pages, key=f"uebergabe_liste_{pages}") if pages > 1 else 1
    for one in held[(chosen - 1) * ROWS : chosen * ROWS]:
        record = one.record
        with st.container(gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{literal(ownership_view.charge_title(record), 160)}**", width="content")
                navigation.link_to(record.kind, record.id, record.id)
                history = _("Verlauf: {kennung}", kennung=record.id)
                navigation.link("history", history, identifier=f"{record.kind}:{record.id}", icon=":material/history:")
                cards.example_badge(record.illustrative)
            st.caption(literal(ownership_view.charge_line(record, function)))


def _form(function: str, held: Sequence[Held]) -> None:
    keys = {name: _key(function, name) for name in (*FIELDS, "umfang", "wahl")}
    error: dict[str, str] = st.session_state.get(_key(function, "fehler"), {})
    with cards.card(_("Übergeben")):
        _scope(keys, held)
        known = ownership_view.known_functions()
        hint = _("z. B. {funktion}", funktion=next((one for one in known if one != function), _("Statistikstelle")))
        st.text_input(
            _("Neue zuständige Funktion") + " *",
            key=keys["neu"],
            placeholder=hint,
            autocomplete="off",
            persist_state="session",
            help=_("Die Funktion tritt überall an die Stelle der bisherigen: als Zuständige und als Vertretung."),
        )
        _error(error, "new_function")
        st.text_input(
            _("Neue Vertretung, wenn sie sich auch ändert"),
            key=keys["vertretung"],
            autocomplete="off",
            persist_state="session",
            help=_("Gilt für Einträge, für die die bisherige Funktion zuständig war. Leer: Die Vertretung bleibt."),
        )
        _error(error, "deputy")
        st.text_input(
            _("Grund (steht im Verlauf)") + " *",
            key=keys["grund"],
            placeholder=_("z. B. Neuer Zuschnitt der Sachgebiete ab 01.01.2027"),
            autocomplete="off",
            persist_state="session",
        )
        _error(error, "reason")
        _error(error, "")
        chosen = _chosen(keys, held)
        st.button(
            _n("{number} Eintrag übergeben", "{number} Einträge übergeben", len(chosen)),
            key=_key(function, f"knopf_{store().change_number()}"),
            type="primary",
            icon=":material/move_up:",
            disabled=not chosen,
            on_click=_carry_out,
            args=(function, {(one.record.kind, one.record.id): one.version for one in chosen}),
        )


def _scope(keys: dict[str, str], held: Sequence[Held]) -> None:
    names = {ALL: _("Alles, was läuft"), SOME: _("Einzelne Einträge")}
    st.radio(_("Was wird übergeben?"), list(names), format_func=names.__getitem__, key=keys["umfang"], horizontal=True)
    if st.session_state[keys["umfang"]] == SOME:
        titles = {_name(one.record): f"{ownership_view.charge_title(one.record)} ({one.record.id})" for one in held}
        kept = [one for one in st.session_state.get(keys["wahl"], []) if one in titles]
        st.session_state[keys["wahl"]] = kept
        st.multiselect(
            _("Welche Einträge?"),
            list(titles),
            format_func=titles.__getitem__,
            key=keys["wahl"],
            placeholder=_("Auswählen oder Namen tippen"),
        )


def _chosen(keys: dict[str, str], held: Sequence[Held]) -> list[Held]:
    if st.session_state[keys["umfang"]] == ALL:
        return list(held)
    wanted = set(st.session_state.get(keys["wahl"], []))
    return [one for one in held if _name(one.record) in wanted]


def _carry_out(function: str, seen: dict[tuple[str, str], int]) -> None:
    """Runs before the page, with the versions that were on the screen."""
    typed = {name: str(st.session_state.get(_key(function, name), "")).strip() for name in FIELDS}
    errors = _key(function, "fehler")
    st.session_state.pop(DONE, None)
    if not typed["neu"]:
        st.session_state[errors] = {"new_function": _("Bitte nennen Sie die Funktion, die nun zuständig wird.")}
        return
    try:
        number = hand_over(
            store(),
            seen,
            function,
            typed["neu"],
            typed["vertretung"] or None,
            by=person(),
            at=now(),
            reason=typed["grund"],
        )
    except Refusal as refusal:
        field = str(refusal.data.get("field") or refusal.field)
        place = field if field in ("new_function", "deputy", "reason") else ""
        st.session_state[errors] = {place: refusal_sentence(refusal, language())}
        return
    st.session_state.pop(errors, None)
    for name in FIELDS:
        st.session_state[_key(function, name)] = ""
    new = [typed["neu"], *filter(None, [typed["vertretung"]])]
    st.session_state[DONE] = {"number": number, "records": len(seen), "functions": new}


def _notice() -> None:
    done: dict[str, Any] | None = st.session_state.get(DONE)
    if not done:
        return
    words = _n(
        "Übergeben: {number} Eintrag an {funktion}, Änderung {nummer}.",
        "Übergeben: {number} Einträge an {funktion}, Änderung {nummer}.",
        done["records"],
        funktion=done["functions"][0],
        nummer=done["number"],
    )
    st.success(literal(words), icon=":material/check_circle:")
    navigation.link(
        "handover", _("Protokoll ansehen"), identifier=f"change:{done['number']}", icon=":material/description:"
    )
    for function in ownership_view.unheld(done["functions"]):
        _unheld(function)


def _unheld(function: str) -> None:
    if ownership_view.unheld([function]):
        told = _("Noch offen: Die Funktion „{funktion}“ hat zurzeit niemand inne.", funktion=function)
        st.warning(literal(told), icon=":material/person_off:")


def _error(errors: dict[str, str], place: str) -> None:
    if place in errors:
        st.markdown(f":red[:material/error: {literal(errors[place])}]")


def _name(record: Charge) -> str:
    return f"{record.kind}:{record.id}"


def _key(function: str, name: str) -> str:
    return f"uebergabe.{function}.{name}"
