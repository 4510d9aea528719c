"""The grid of values with all that belongs to it: pasting, what would change, who was faster, and the way to store it.

Text fields for the reasons that `demand_grid` names. What is typed is a draft (`bulk_draft`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.domain.context import Source
from metrics.domain.indicators import Indicator
from metrics.domain.refusals import Refusal
from metrics.exchange.pasted import Pasted, read_pasted
from metrics.locale.formats import MISSING, difference, quantity
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import bulk_view, cards, drafts_list, grid_parts, plan
from metrics.ui.bulk_draft import BulkDraft, ValueConflict, place_words, span_of, span_words
from metrics.ui.bulk_view import ShownGrid
from metrics.ui.grid_draft import CellPlace, cell_text
from metrics.ui.grid_parts import TwoValues
from metrics.ui.judged import name_of
from metrics.ui.record_titles import titles
from metrics.ui.session import _, _n, language
from metrics.ui.text import field_name, literal

GRID = "raster_werte"
STYLE = f"""<style>
@media (min-width: 641px) {{
  .st-key-{GRID} [data-testid="stWidgetLabel"] {{ display: none; }}
}}
</style>"""
"""On wide screens the row and the column name a field; below each other each field shows its name."""
MOST_LISTED = 10
"""Problems that are told one by one."""
MOST_PREVIEWED = 500
"""Changed cells in the table of what would change."""
PAUSE = "1s"


def draw(draft: BulkDraft) -> None:
    """Choices, pasting, the grid, what would change, and the buttons; the page calls `attend` before."""
    shown = bulk_view.choose(draft)
    st.session_state[draft.key("gezeigt")] = bulk_view.rows_and_columns(shown)
    _paste(draft)
    told = st.container()  # stays where it is, so that no field moves when something is told
    _grid(draft, shown)
    with told:
        _say(draft)
    with st.container():  # the columns below stay where they are: built anew, they would lose a reason that is typed
        _preview(draft)
    _finish(draft)


def _grid(draft: BulkDraft, shown: ShownGrid) -> None:
    if not shown.rows:
        cards.nothing_here(_("Hier ist nichts einzugeben. Wählen Sie eine andere Ansicht, oder fügen Sie etwas ein."))
        return
    pages = -(-len(shown.rows) // bulk_view.ROWS)
    page = int(st.pagination(pages, key=draft.key(f"seite.{len(shown.headings)}")) or 1) if pages > 1 else 1
    rows = shown.rows[(page - 1) * bulk_view.ROWS : page * bulk_view.ROWS]
    draft.follow({place: draft.present(place) for row in rows for place in row.cells if place})
    st.html(STYLE)
    with st.container(key=GRID):
        columns = _columns(shown.headings)
        columns[0].markdown(f"**{_('Zeitraum') if shown.by_period else _('Indikator')}**")
        for heading, column in zip(shown.headings, columns[1:], strict=True):
            column.markdown(f"**{literal(heading)}**")
        for row in rows:
            columns = _columns(shown.headings)
            with columns[0]:
                st.markdown(literal(row.title))
                st.caption(literal(row.told))
            for place, column in zip(row.cells, columns[1:], strict=True):
                with column:
                    _field(draft, place)


def _field(draft: BulkDraft, place: CellPlace | None) -> None:
    """One cell. What it begins with is its default and not put into the session (see `demand_grid`)."""
    if place is None:
        st.caption(MISSING)
        return
    typed = st.text_input(
        field_name(place_words(place)),
        draft.begins(place),
        key=draft.field_key(place),
        autocomplete="off",
        persist_state="session",
        live=PAUSE,
    )
    draft.note(place, typed)


def _columns(headings: Sequence[str]) -> list[st.delta_generator.DeltaGenerator]:
    width = 1.6 if len(headings) > 1 else 2.0
    rest = [] if len(headings) > 1 else [1.0]
    return st.columns([width, *([1.0] * len(headings)), *rest], gap="small", vertical_alignment="center")[
        : len(headings) + 1
    ]


# --- pasting ---


def attend(draft: BulkDraft) -> None:
    """Take in what was typed, clicked and pasted; the first thing that the page does."""
    draft.attend()
    if st.session_state.get(draft.key("uebernehmen")):
        _take_in(draft)


def _paste(draft: BulkDraft) -> None:
    title = _("Aus Excel einfügen")
    with st.expander(title, icon=":material/content_paste:", key=draft.key("einfuegen")):
        st.caption(
            _(
                "Kopieren Sie in der Tabelle die Zellen mit ihren Überschriften: Indikatoren in der ersten Spalte, "
                "Zeiträume in der ersten Zeile. Oder eine Liste: Indikator, Zeitraum, Wert, Quelle, Bemerkung. "
                "Gespeichert wird noch nichts."
            )
        )
        st.text_area(_("Kopierte Zellen"), key=_text_key(draft), height=160, persist_state="session")
        st.button(_("In das Raster übernehmen"), key=draft.key("uebernehmen"), icon=":material/input:")
        _say_pasted(draft)


def _text_key(draft: BulkDraft) -> str:
    """The session key of the pasted text; another one after a text that was taken as a whole."""
    return draft.key(f"text.{st.session_state.get(draft.key('einfuegen_nr'), 0)}")


def _take_in(draft: BulkDraft) -> None:
    text, told = str(st.session_state.get(_text_key(draft)) or ""), draft.key("eingefuegt")
    rows, columns = st.session_state.get(draft.key("gezeigt"), ((), ()))
    try:
        found = read_pasted(text, bulk_view.known(rows, columns), language())
    except Refusal as refusal:
        st.session_state[told] = refusal_sentence(refusal, language())
        return
    draft.paste(found.values)
    st.session_state[told] = found
    if found.values:
        st.session_state[draft.key("ansicht")] = bulk_view.CHANGED
    if not found.problems:
        number = draft.key("einfuegen_nr")
        st.session_state[number] = int(st.session_state.get(number, 0)) + 1


def _say_pasted(draft: BulkDraft) -> None:
    """What was recognised, and each cell that was not taken with its place."""
    found: Pasted | str | None = st.session_state.get(draft.key("eingefuegt"))
    if isinstance(found, str):
        st.error(literal(found), icon=":material/error:")
    elif found is not None:
        told = {"form": choice(found.shape, language()), "leer": found.empty}
        words = _n(
            "Erkannt: {form}. {number} Wert übernommen, {leer} leere Zellen übergangen.",
            "Erkannt: {form}. {number} Werte übernommen, {leer} leere Zellen übergangen.",
            len(found.values),
            **told,
        )
        st.info(literal(words), icon=":material/content_paste:")
        _list(
            _n(
                "{number} Stelle wurde nicht übernommen:",
                "{number} Stellen wurden nicht übernommen:",
                len(found.problems),
            ),
            [_problem_words(one.row, one.column, one.refusal) for one in found.problems],
        )


def _problem_words(row: int, column: str, refusal: Refusal) -> str:
    sentence = refusal_sentence(refusal, language())
    if column:
        return _("Zeile {zeile}, Spalte „{spalte}“: {satz}", zeile=row, spalte=column, satz=sentence)
    return _("Zeile {zeile}: {satz}", zeile=row, satz=sentence)


# --- what cannot be stored, and what would change ---


def _say(draft: BulkDraft) -> None:
    if draft.restored:
        drafts_list.say_restored(draft.restored)
    problems = list(draft.problems().values())
    _list(_n("{number} Zelle passt noch nicht:", "{number} Zellen passen noch nicht:", len(problems)), problems)
    for conflict in draft.conflicts():
        grid_parts.say_conflict(draft, conflict.place, _two_values(conflict))


def _list(title: str, sentences: Sequence[str]) -> None:
    if sentences:
        rest = len(sentences) - MOST_LISTED
        more = [_("und {zahl} weitere", zahl=rest)] if rest > 0 else []
        lines = [f"- {literal(one)}" for one in [*sentences[:MOST_LISTED], *more]]
        st.error("\n".join([literal(title), "", *lines]), icon=":material/error:")


def _two_values(conflict: ValueConflict) -> TwoValues:
    values = (conflict.seen.value, conflict.mine, conflict.theirs.value)
    before, mine, theirs = (_text(conflict.place, value) for value in values)
    return TwoValues(place_words(conflict.place), before, mine, theirs, conflict.who)


def _preview(draft: BulkDraft) -> None:
    """What would be stored: each changed cell with its old and new value, and what is doubtful about it."""
    places = draft.places()
    if not places:
        return
    words = _n("{number} Zelle geändert, nicht gespeichert", "{number} Zellen geändert, nicht gespeichert", len(places))
    st.markdown(f":orange[:material/edit:] **{literal(words)}**")
    doubts = draft.doubts()
    changed, broken = set(draft.changed()), draft.problems()
    rows = []
    for place in places[:MOST_PREVIEWED]:
        seen, indicator = draft.seen(place), plan.records(Indicator).get(place[0])
        if indicator is None:
            continue
        doubt = doubts.get(place)
        unusual = ""
        if doubt:
            unusual = _(
                "Änderung um {aenderung}, bisher höchstens {bisher}",
                aenderung=difference(round(doubt.change, 9), indicator.unit, language(), signed=True),
                bisher=difference(round(doubt.largest_so_far, 9), indicator.unit, language()),
            )
        rows.append(
            {
                _("Indikator"): name_of(indicator),
                _("Zeitraum"): span_words(span_of(place)),
                _("bisher"): _text(place, seen.value) if seen.version else MISSING,
                _("neu"): MISSING if place in broken else _text(place, draft.value(place)),
                _("Was geschieht"): _what(place in broken, place in changed, seen.version),
                _("Zweifel"): unusual,
            }
        )
    title = _("Was sich ändert")
    st.dataframe(rows, hide_index=True, alt=title, key=draft.key("vorschau"), height="auto" if len(rows) < 12 else 460)
    if len(places) > MOST_PREVIEWED:
        st.caption(_("Gezeigt sind die ersten {zahl} Zellen.", zahl=MOST_PREVIEWED))
    if doubts:
        words = _n("{number} Wert ist zweifelhaft", "{number} Werte sind zweifelhaft", len(doubts))
        asked = _("Bitte prüfen Sie Komma und Einheit.")
        st.warning(literal(f"{words}. {asked}"), icon=":material/help:")
    draft.tell_doubts()


def _what(broken: bool, changed: bool, version: int) -> str:
    if broken:
        return _("passt noch nicht")
    if not changed:
        return _("bleibt gleich")
    return _("Korrektur") if version else _("neuer Wert")


def _text(place: CellPlace, value: float | None) -> str:
    indicator = plan.records(Indicator).get(place[0])
    if value is None:
        return _("leer")
    return quantity(value, indicator.unit, language()) if indicator else cell_text(value, language())


def _finish(draft: BulkDraft) -> None:
    """Source and reason, what became of the last attempt, and the two ways on."""
    left, right = st.columns(2)
    known = {"": _("ohne Quelle"), **titles(Source.kind)}
    left.selectbox(
        _("Quelle der neuen Werte"),
        list(known),
        format_func=known.__getitem__,
        key=draft.source_key,
        persist_state="session",
    )
    with right:
        grid_parts.reason_field(draft)
    grid_parts.ways_on(draft, _("Werte speichern"))
