"""Closing a period: which one, what is missing before it, the reason; and each closed one with the way to reopen it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from metrics.domain.base import last_day_of_month
from metrics.domain.history import Recorded
from metrics.domain.indicators import Indicator
from metrics.domain.periods import MONTHS_OF_QUARTER, quarter_of
from metrics.domain.refusals import Refusal
from metrics.domain.upkeep import LockKind, LockState, PeriodLock
from metrics.locale.formats import day, quarter
from metrics.locale.words import choice, refusal_sentence
from metrics.ui import navigation, plan
from metrics.ui.day_input import day_of
from metrics.ui.judged import name_of
from metrics.ui.people_names import shown
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, language, now, person, today
from metrics.ui.text import literal
from metrics.usecases.closing import Missing, close_period, missing_before, reopen_period

DONE, KIND, DAY, REASON = "abschluss_erledigt", "abschluss_art", "abschluss_tag", "abschluss_grund"
SHOWN = 50
"""Gaps that are listed; how many there are more is said."""


def close_form() -> None:
    """The period that comes next, or the days up to a meeting of the committee, with what is missing before it."""
    st.radio(
        _("Was schließen Sie ab?"),
        list(LockKind),
        format_func=lambda kind: choice(kind, language()),
        key=KIND,
        horizontal=True,
        persist_state="session",
    )
    lock = _asked()
    if lock is None:
        return
    words = {"titel": lock.title, "von": day(lock.first_day, language()), "bis": day(lock.last_day, language())}
    st.markdown(literal(_("{titel}: Zeiträume, die vom {von} bis {bis} enden.", **words)))
    missing = _missing(lock.first_day, lock.last_day)
    _missing_lines(missing)
    st.text_input(
        _("Grund, trotz Lücken abzuschließen") + " *" if missing else _("Grund"),
        key=REASON,
        persist_state="session",
        placeholder=_("z. B. Bericht an den Ausschuss vom 24.11.2026"),
    )
    st.button(
        _("Abschließen: {titel}", titel=lock.title),
        key="abschluss_schliessen",
        icon=":material/lock:",
        type="primary",
        on_click=_act,
        args=(_close, lock),
    )


def lock_line(entry: Recorded[PeriodLock]) -> None:
    """One period that was closed: its days, what was missing, and reopening it with a reason."""
    lock, closed = entry.record, entry.record.state is LockState.closed
    told = {"von": day(lock.first_day, language()), "bis": day(lock.last_day, language())}
    change = plan.history(PeriodLock.kind, lock.id)[0].change
    with st.expander(f"{literal(lock.title)} · {choice(lock.state, language())}", icon=_icon(closed)):
        st.markdown(literal(_("Zeiträume, die vom {von} bis {bis} enden.", **told)))
        st.caption(literal(" · ".join(filter(None, (shown(change.recorded_by), change.reason)))))
        if lock.gaps:
            st.markdown(_n("{number} Lücke beim Abschluss:", "{number} Lücken beim Abschluss:", len(lock.gaps)))
            lines = [
                f"- {literal(title_of(Indicator.kind, gap.indicator_id))}: {choice(gap.lacking, language())}"
                for gap in lock.gaps[:SHOWN]
            ]
            st.markdown("\n".join(lines))
        if closed:
            reason = f"abschluss.{lock.id}.{entry.version}.grund"
            st.text_input(_("Grund der Öffnung") + " *", key=reason, persist_state="session")
            st.button(
                _("Wieder öffnen"),
                key=f"abschluss.{lock.id}.{entry.version}.oeffnen",
                icon=":material/lock_open:",
                on_click=_act,
                args=(_reopen, entry, reason),
            )


def done_notice() -> None:
    """What was done last, or why it was refused, told once."""
    done: dict[str, Any] | None = st.session_state.pop(DONE, None)
    if done:
        show = st.error if done["refused"] else st.success
        show(literal(done["words"]), icon=":material/error:" if done["refused"] else ":material/check_circle:")


def _asked() -> PeriodLock | None:
    """The period that would be closed; None while the day of the committee is not understood."""
    kind = LockKind(st.session_state[KIND])
    closed = {entry.record.id for entry in plan.entries(PeriodLock).values() if entry.record.state is LockState.closed}
    if kind is LockKind.quarter:
        return _first_open(closed, [_quarter(_back(today(), MONTHS_OF_QUARTER * step)) for step in range(1, 9)])
    if kind is LockKind.year:
        return _first_open(closed, [_year(today().year - step) for step in range(1, 6)])
    st.text_input(
        _("Tag der Sitzung") + " *", key=DAY, persist_state="session", placeholder=_("z. B. 24.11.2026"), width=220
    )
    typed = str(st.session_state.get(DAY) or "").strip()
    found, sentence = day_of(typed) if typed else (None, "")
    if sentence:
        st.markdown(f":red[:material/error: {literal(_('Tag der Sitzung'))}: {literal(sentence)}]")
    return None if found is None else _committee(found)


def _first_open(closed: set[str], newest_first: list[PeriodLock]) -> PeriodLock:
    """The chosen one of those that are over and open, first the one after the newest closed one."""
    newest = next((number for number, lock in enumerate(newest_first) if lock.id in closed), 1)
    offered = [lock for lock in newest_first if lock.id not in closed] or newest_first[:1]
    first = newest_first[max(newest - 1, 0)]
    by_id = {lock.id: lock for lock in offered}
    chosen = st.selectbox(
        _("Welcher Zeitraum?"),
        list(by_id),
        index=list(by_id).index(first.id) if first.id in by_id else 0,
        format_func=lambda identifier: by_id[identifier].title,
        width=320,
    )
    return by_id[chosen]


def _back(around: date, months: int) -> date:
    number = around.year * 12 + around.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _quarter(around: date) -> PeriodLock:
    first = date(around.year, (around.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1, 1)
    last = last_day_of_month(first.year, first.month + MONTHS_OF_QUARTER - 1)
    name = quarter_of(first)
    title = quarter(name, language())
    return PeriodLock(id=f"ZA-{name}", title=title, lock_kind=LockKind.quarter, first_day=first, last_day=last)


def _year(year: int) -> PeriodLock:
    days = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
    return PeriodLock(id=f"ZA-{year}", title=_("Jahr {jahr}", jahr=year), lock_kind=LockKind.year, **days)


def _committee(until: date) -> PeriodLock:
    """From the day after the last closed committee period, else from the beginning of the year."""
    ends = [
        entry.record.last_day
        for entry in plan.entries(PeriodLock).values()
        if entry.record.lock_kind is LockKind.committee and entry.record.last_day < until
    ]
    first = max(ends) + timedelta(days=1) if ends else date(until.year, 1, 1)
    title = _("Sitzung am {tag}", tag=day(until, language()))
    told = {"lock_kind": LockKind.committee, "first_day": first, "last_day": until}
    return PeriodLock(id=f"ZA-Sitzung-{until.isoformat()}", title=title, **told)


@plan.remember("indicator", "reading")
def _missing(first_day: date, last_day: date) -> tuple[Missing, ...]:
    return tuple(missing_before(store(), first_day, last_day, today()))


def _missing_lines(missing: tuple[Missing, ...]) -> None:
    if not missing:
        st.success(_("Es fehlt nichts: Alle fälligen Werte sind da und freigegeben."), icon=":material/task_alt:")
        return
    st.warning(
        _n("{number} Lücke vor dem Abschluss", "{number} Lücken vor dem Abschluss", len(missing)),
        icon=":material/help:",
    )
    for one in missing[:SHOWN]:
        indicator = plan.records(Indicator)[one.indicator_id]
        with st.container(horizontal=True, vertical_alignment="center"):
            navigation.link("readings", name_of(indicator), identifier=indicator.id, icon=":material/edit:")
            ends = ", ".join(day(end, language()) for end in one.ends[:4])
            st.caption(literal(f"{choice(one.lacking, language())}: {ends}{' …' if len(one.ends) > 4 else ''}"))
    if len(missing) > SHOWN:
        st.caption(_("… und {zahl} weitere", zahl=len(missing) - SHOWN))


def _act(act: Callable[..., str], *arguments: Any) -> None:
    """Runs before the page: carries out a step and notes what to say; what was typed stays where it was refused."""
    try:
        words, refused = act(*arguments), False
    except Refusal as refusal:
        words, refused = refusal_sentence(refusal, language()), True
    st.session_state[DONE] = {"words": words, "refused": refused}


def _close(lock: PeriodLock) -> str:
    reason = str(st.session_state.get(REASON) or "")
    close_period(store(), lock, by=person(), at=now(), today=today(), reason=reason)
    st.session_state[REASON] = ""
    return _("Abgeschlossen: {titel}", titel=lock.title)


def _reopen(entry: Recorded[PeriodLock], key: str) -> str:
    reason = str(st.session_state.get(key) or "")
    reopen_period(store(), entry.record.id, entry.version, by=person(), at=now(), reason=reason)
    return _("Wieder geöffnet: {titel}", titel=entry.record.title)


def _icon(closed: bool) -> str:
    return ":material/lock:" if closed else ":material/lock_open:"
