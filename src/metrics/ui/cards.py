"""What pages are put together from: cards, charts with their tables, badges, the line that says as of when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from metrics.charts.theme import plotly_config
from metrics.domain.base import Record
from metrics.domain.progress.outcome import Course, Freshness
from metrics.exchange.tables import csv_table
from metrics.locale.formats import day, moment
from metrics.locale.words import course_word, freshness_word
from metrics.ui import plan, value_table
from metrics.ui.session import _, language, today
from metrics.ui.text import literal

COURSE_ICONS: Mapping[Course | None, str] = {
    Course.sun: ":material/sunny:",
    Course.sun_cloud: ":material/partly_cloudy_day:",
    Course.cloud: ":material/cloud:",
    Course.thunderstorm: ":material/thunderstorm:",
    None: ":material/help:",
}
COURSE_COLOURS: Mapping[Course | None, Any] = {
    Course.sun: "blue",
    Course.sun_cloud: "blue",
    Course.cloud: "orange",
    Course.thunderstorm: "red",
    None: "gray",
}
FRESHNESS_COLOURS: Mapping[Freshness, Any] = {
    Freshness.fresh: "green",
    Freshness.overdue: "orange",
    Freshness.stale: "red",
    Freshness.never: "red",
    Freshness.not_due: "gray",
}


def stand() -> None:
    """As of when the page speaks: the day of judgement and the ledger's last change."""
    last = plan.history()[:1]
    words = _("Stand: {tag}", tag=day(today(), language()))
    if last:
        change = last[0].change
        when = moment(change.recorded_at, language())
        words += " · " + _("letzte Änderung Nr. {nummer} am {zeit}", nummer=change.number, zeit=when)
    st.caption(literal(words))


@contextmanager
def card(title: str | None = None, *, key: str | None = None, stretch: bool = False) -> Iterator[None]:
    """A bordered card; its title is a heading of the second level and data, not markup."""
    with st.container(border=True, key=key, height="stretch" if stretch else "content"):
        if title:
            st.header(literal(title), anchor=False)
        yield


def chart(
    figure: go.Figure,
    *,
    alt: str,
    table: Sequence[Mapping[str, object]],
    key: str,
    file_name: str,
    selectable: bool = False,
) -> Any:
    """A chart with its text alternative, its table behind a toggle and the table's CSV; returns the selection.

    `table` holds the numbers of the chart with words as column names; `file_name` goes without ending.
    """
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": ("points", "box", "lasso")} if selectable else {}
    config = plotly_config(language(), selectable=selectable)
    event = st.plotly_chart(figure, key=key, alt=alt, config=config, theme=None, **options)
    with st.expander(_("Werte als Tabelle"), key=key + "_tabelle", on_change="rerun") as fold:
        if fold.open:
            values(table, alt=alt, key=key + "_werte", file_name=file_name)
    return event


def values(table: Sequence[Mapping[str, object]], *, alt: str, key: str, file_name: str) -> None:
    """A table of values and its CSV, both without the columns that are empty in every row."""
    rows, chosen = value_table.filled(table), language()  # the file is made later, outside of the session
    value_table.show(rows, alt=alt, key=key)
    st.download_button(
        _("Als CSV herunterladen"),
        data=lambda: csv_table(rows, chosen),
        file_name=file_name + ".csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=key + "_csv",
    )


def course_badge(course: Course | None) -> None:
    """The course as shape, word and colour."""
    st.badge(course_word(course, language()), icon=COURSE_ICONS[course], color=COURSE_COLOURS[course])


def freshness_badge(freshness: Freshness) -> None:
    """The age of the data as word and colour."""
    st.badge(freshness_word(freshness, language()), icon=":material/schedule:", color=FRESHNESS_COLOURS[freshness])


def example_badge(shown: bool = True) -> None:
    """The mark of an illustrative value."""
    if shown:
        st.badge(_("Beispielwert"), icon=":material/science:", color="violet")


def source_line(record: Record) -> None:
    """Where a record was seen; the address is shown and linked only if it is a web address."""
    source = plan.source_of(record)
    if source is None:
        st.caption(_("Quelle: eigene Angabe des Amtes") if not record.illustrative else _("Quelle: Beispielwert"))
    elif source.url and source.url.startswith(("https://", "http://")):
        # Not a caption: its fading takes the link below the contrast that the law asks for.
        words = _("Quelle: {titel}", titel=literal(source.title))
        st.markdown(f":small[{words} ([{_('öffnen')}](<{_safe(source.url)}>))]")
    else:
        st.caption(_("Quelle: {titel}", titel=literal(source.title)))


def nothing_here(sentence: str, *, icon: str = ":material/inbox:") -> None:
    """What an empty place says, with the way on."""
    st.info(literal(sentence), icon=icon)


def _safe(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace(" ", "%20")
