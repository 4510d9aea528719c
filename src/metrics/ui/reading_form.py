"""The form for a value: one text for the period, one for the value, both told back before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import streamlit as st
from pydantic import ValidationError

from metrics.domain.base import Record
from metrics.domain.context import Source
from metrics.domain.expected import MONTHS, later
from metrics.domain.history import Recorded
from metrics.domain.indicators import Basis, Indicator, PeriodKind, Reading
from metrics.domain.plausibility import UnusualChange, unusual_change
from metrics.domain.refusals import Refusal
from metrics.domain.release import Pending
from metrics.locale.formats import MISSING, calendar_period, day, difference, number, period, quantity
from metrics.locale.reading_input import other_reading, parse_number, parse_period
from metrics.locale.words import refusal_sentence, validation_sentences
from metrics.ui import plan
from metrics.ui.form_values import Filled, Typed, date_as_typed, slug
from metrics.ui.forms import Form
from metrics.ui.indicator_view import vintages
from metrics.ui.record_titles import title_of
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person, today
from metrics.usecases.checking import check_observation
from metrics.usecases.recording import correct_reading, record_reading

FAR_TIMES = 2
"""From so many times the highest value, or so small a part of the lowest one, the question says so."""
CARRIED = ("value", "qualifier", "source_id", "published_on", "break_before", "provisional", "document", "note")
"""What goes over when a new value becomes the correction of the stored one."""
PERIOD, CONFIRMED = "period", "confirmed"
NEW_SOURCE, SOURCE_TITLE, SOURCE_URL = "+", "new_source_title", "new_source_url"
FORMS = "eingabe:"


class Span(NamedTuple):
    """A period as it was understood."""

    start: date
    end: date
    kind: PeriodKind

    @property
    def words(self) -> str:
        """ "Dez. 2026 (01.12.2026 – 31.12.2026)"."""
        name = period(self.start, self.end, self.kind, language())
        return (
            name if self.start == self.end else f"{name} ({day(self.start, language())} – {day(self.end, language())})"
        )


class ReadingForm(Form):
    """A new value of an indicator, or the correction of an old one."""

    def __init__(self, indicator: Indicator, entry: Recorded[Reading] | None) -> None:
        self.indicator, self.entry = indicator, entry
        name = f"{FORMS}{indicator.id}:{entry.record.id if entry else ''}"
        super().__init__(name, Reading.kind, entry, {"indicator_id": indicator.id, **_to_start_with(indicator)})

    # --- what was understood ---

    def period(self) -> Span | Refusal:
        """The period that was typed, or why it is none."""
        record = self.entry.record if self.entry else None
        if record and self.typed[PERIOD] == self._shown(record)[PERIOD]:
            return Span(record.period_start, record.period_end, record.period_kind)
        try:
            return Span(*parse_period(str(self.typed[PERIOD]), language()))
        except Refusal as refusal:
            return refusal

    def value(self) -> float | Refusal:
        """The value that was typed, or why it is none."""
        try:
            return parse_number(str(self.typed["value"]), language(), self.indicator.unit)
        except Refusal as refusal:
            return refusal

    def earlier(self) -> list[Reading]:
        """The series before the typed period, newest vintages only, oldest first, without the value in question."""
        others = [
            each
            for each in plan.readings(self.indicator.id)
            if not self.entry or each.record.id != self.entry.record.id
        ]
        series, _older = vintages(others)
        span = self.period()
        return [each for each in series if isinstance(span, Refusal) or each.period_end < span.start]

    def twin(self) -> Reading | None:
        """A stored value for the same period and vintage, which is to be corrected rather than entered twice."""
        span = self.period()
        if isinstance(span, Refusal):
            return None
        same = (span.start, span.end, str(self.typed["vintage"]).strip() or None)
        return next(
            (
                each
                for each in known_values(self.indicator.id)
                if (each.period_start, each.period_end, each.vintage) == same and each.id != self.typed_id
            ),
            None,
        )

    def other_reading(self) -> float | None:
        """What the typed number could also mean; None where it is clear."""
        return None if isinstance(self.value(), Refusal) else other_reading(str(self.typed["value"]), language())

    def doubtful_mark(self) -> bool:
        """Whether the other way to read the number lies nearer to the last value than the way it was understood."""
        value, other, earlier = self.value(), self.other_reading(), self.earlier()
        if other is None or isinstance(value, Refusal) or not earlier:
            return False
        return abs(other - earlier[-1].value) < abs(value - earlier[-1].value)

    @property
    def starts_at_value(self) -> bool:
        """Whether the period was filled when the form opened, so that the value is what is typed first."""
        return bool(self._state["opened"][PERIOD])

    def waiting(self) -> Pending | None:
        """What is known of the value that is corrected while it waits for its release."""
        return next((one for one in plan.pending() if one.reading.id == self.typed_id), None)

    def doubt(self) -> UnusualChange | None:
        """Whether the value lies far outside its series."""
        value = self.value()
        if isinstance(value, Refusal) or self.typed["break_before"]:
            return None
        run: list[float] = []
        for each in self.earlier():
            run = [each.value] if each.break_before else [*run, each.value]
        return unusual_change(run, value)

    # --- sentences ---

    def period_echo(self) -> str:
        """What was understood of the period; "" while it is empty or not understood."""
        span = self.period()
        return "" if isinstance(span, Refusal) else _("verstanden: {zeitraum}", zeitraum=span.words)

    def value_echo(self) -> str:
        """What was understood of the value and how far it is from the one before; "" if nothing was."""
        value = self.value()
        if isinstance(value, Refusal):
            return ""
        unit = self.indicator.unit
        words = _("verstanden: {wert}", wert=quantity(value, unit, language()))
        other = self.other_reading()
        if other is not None:
            words += " " + _("(nicht {wert})", wert=quantity(other, unit, language()))
        earlier = self.earlier()
        if not earlier:
            return words + "; " + _("erster Wert der Reihe")
        last = earlier[-1]
        change = difference(round(value - last.value, 9), unit, language(), signed=True)
        when = period(last.period_start, last.period_end, last.period_kind, language())
        return (
            words
            + "; "
            + _(
                "Änderung gegen {zeitraum} ({wert}): {aenderung}",
                zeitraum=when,
                wert=quantity(last.value, unit, language()),
                aenderung=change,
            )
        )

    def doubt_words(self, doubt: UnusualChange) -> str:
        """Why a second look is asked for."""
        return " ".join(filter(None, (self._compared(), self._change_words(doubt), _("Sind Sie sicher?"))))

    def mark_words(self) -> str:
        """Both ways to read a number, and the way out."""
        value, other = self.value(), self.other_reading()
        assert not isinstance(value, Refusal)
        return _(
            "„{getippt}“ lässt sich auf zwei Arten lesen: als {wert} oder, mit Komma, als {anders}. "
            "Verstanden wurde {wert}. Meinten Sie {anders}, schreiben Sie bitte ein Komma.",
            getippt=self.typed["value"],
            wert=quantity(value, self.indicator.unit, language()),
            anders=quantity(other, self.indicator.unit, language()),
        )

    def _compared(self) -> str:
        """How many times as high or low as ever before, where that can be said."""
        value, earlier = self.value(), [each.value for each in self.earlier()]
        if isinstance(value, Refusal) or value <= 0 or min(earlier, default=0) <= 0:
            return ""
        if value >= FAR_TIMES * max(earlier):
            times = value / max(earlier)
            told = number(round(times, 0 if times >= 10 else 1), language())
            return _("Das wäre {mal}-mal so hoch wie je zuvor.", mal=told)
        if value * FAR_TIMES <= min(earlier):
            return _("Das wäre weniger als die Hälfte des bisher kleinsten Wertes.")
        return ""

    def _change_words(self, doubt: UnusualChange) -> str:
        return _(
            "Das ist eine Änderung um {aenderung}; bisher waren es höchstens {bisher}. "
            "Bitte prüfen Sie Komma und Einheit.",
            aenderung=difference(round(doubt.change, 9), self.indicator.unit, language(), signed=True),
            bisher=difference(round(doubt.largest_so_far, 9), self.indicator.unit, language()),
        )

    # --- the form's own fields ---

    @property
    def typed_id(self) -> str:
        """Id of the value that is corrected; "" for a new one."""
        return self.entry.record.id if self.entry else ""

    @property
    def identifier(self) -> str:
        """The reading's id: made once, from the indicator, the period and the form's token."""
        span = self.period()
        start = "" if isinstance(span, Refusal) else f"-{span.start.isoformat()}"
        return self.typed_id or f"R-{self.indicator.id[:40]}{start}-{self.token}"

    def as_correction(self, twin: Recorded[Reading]) -> None:
        """Carry what was typed over to a correction of the value that is stored; nothing is stored by it."""
        mine = {path: self.typed[path] for path in CARRIED}
        if not mine["source_id"] or mine["source_id"] == NEW_SOURCE:
            del mine["source_id"]
        correction = ReadingForm(self.indicator, twin)
        self.close()
        correction.put(mine)

    @property
    def confirmation(self) -> str:
        """Session key of the confirmation: it holds for this value only."""
        return self.key(f"{CONFIRMED}.{self.typed['value']}")

    @property
    def answers(self) -> Typed:
        """What was typed, the period taken apart and a new source under its id."""
        typed, span = self.typed, self.period()
        if isinstance(span, Refusal):
            typed |= {"period_start": "", "period_end": "", "period_kind": ""}
        else:
            first, last = (date_as_typed(each.isoformat(), language()) for each in (span.start, span.end))
            typed |= {"period_start": first, "period_end": last, "period_kind": span.kind.value}
        if typed["source_id"] == NEW_SOURCE:
            typed["source_id"] = self._source_id()
        return typed

    def new_source(self) -> Source | dict[str, str] | None:
        """The source that is stored along with the value, or where it breaks a rule; None if none was asked for."""
        typed = self.typed
        if typed["source_id"] != NEW_SOURCE:
            return None
        try:
            return Source(id=self._source_id(), title=typed[SOURCE_TITLE], url=typed[SOURCE_URL])
        except ValidationError as error:
            places = {"title": SOURCE_TITLE, "url": SOURCE_URL}
            told = validation_sentences(error, Source.kind, language())
            return {places.get(path, SOURCE_TITLE): sentence for path, sentence in told.items()}

    def filled(self) -> Filled:
        """The reading, after the rules that its indicator and its series add."""
        found = super().filled()
        errors: dict[str, str] = {}
        for path, sentence in found.errors.items():
            errors.setdefault(PERIOD if path.startswith("period_") else path, sentence)
        span = self.period()
        if isinstance(span, Refusal):
            errors[PERIOD] = self._told(PERIOD, span)
        source = self.new_source()
        errors |= source if isinstance(source, dict) else {}
        if not errors and isinstance(found.record, Reading):
            errors |= self._implausible(found.record)
        return Filled(None if errors else found.record, errors)

    def filled_quietly(self) -> Reading | None:
        """The reading as far as it is understood, for the preview: without a reason or a confirmation."""
        record = super().filled().record
        return record if isinstance(record, Reading) else None

    def label(self, path: str) -> str:
        """What the field of a path is called."""
        own = {
            PERIOD: _("Zeitraum"),
            SOURCE_TITLE: _("Titel der neuen Quelle"),
            SOURCE_URL: _("Adresse der neuen Quelle"),
            CONFIRMED: _("Der Wert stimmt so"),
        }
        return own[path] if path in own else super().label(path)

    def place_of(self, refusal: Refusal) -> str:
        """The field at which a refusal is shown."""
        return PERIOD if refusal.field.startswith("period_") else super().place_of(refusal)

    def save(self, record: Record, version: int, reason: str) -> int:
        """Store the value, and its new source in the same change; returns its version."""
        assert isinstance(record, Reading)
        source = self.new_source()
        told: dict[str, Any] = {"by": person(), "at": now(), "today": today()}
        told["new_source"] = source if isinstance(source, Source) else None
        if version:
            return correct_reading(store(), record, version, reason=reason, **told)
        return record_reading(store(), record, **told)

    def _shown(self, record: Record | None) -> Typed:
        when = ""
        if isinstance(record, Reading):
            when = period(record.period_start, record.period_end, record.period_kind, language())
        return {PERIOD: when, SOURCE_TITLE: "", SOURCE_URL: ""} | super()._shown(record) | self._next(record)

    def _next(self, record: Record | None) -> Typed:
        return {PERIOD: when} if record is None and (when := next_period(self.indicator, due=True)) else {}

    def _implausible(self, reading: Reading) -> Mapping[str, str]:
        try:
            check_observation(self.indicator, reading, today())
        except Refusal as refusal:
            place = self.place_of(refusal)
            return {place: self._told(place, refusal)}
        if (self.doubt() or self.doubtful_mark()) and not st.session_state.get(self.confirmation):
            asked = _("Bitte kreuzen Sie das Feld an, oder berichtigen Sie den Wert.")
            return {CONFIRMED: f"{self.label(CONFIRMED)}: {asked}"}
        return {}

    def _told(self, path: str, refusal: Refusal) -> str:
        return f"{self.label(path)}: {refusal_sentence(refusal, language())}"

    def _source_id(self) -> str:
        return slug(str(self.typed[SOURCE_TITLE]), self.token)


def known_values(indicator_id: str) -> list[Reading]:
    """What stands for an indicator and what waits for its release; both of a value that is being corrected."""
    waiting = [one.reading for one in plan.pending() if one.reading.indicator_id == indicator_id]
    return [*(entry.record for entry in plan.readings(indicator_id)), *waiting]


def next_period(indicator: Indicator, *, due: bool = False) -> str:
    """The period after the last value, as it is typed; "" if there is none yet or it has no regular length.

    Where it should be `due`, it must be over. A day of reference comes again after the rhythm; every other period
    follows the one before.
    """
    known = sorted(known_values(indicator.id), key=lambda each: each.period_end)
    if not known:
        return ""
    last, months = known[-1], MONTHS.get(indicator.rhythm, 0)
    if indicator.basis is Basis.reference_day and months:
        first, end = _same_days_later(last, months)
    else:
        first, end = calendar_period(last.period_kind, last.period_end + timedelta(days=1))
        if (last.period_start, last.period_end) != calendar_period(last.period_kind, last.period_start) or first == end:
            return ""
    if due and end > today():
        return ""
    return period(first, end, last.period_kind, language())


def _same_days_later(last: Reading, months: int) -> tuple[date, date]:
    first = later(last.period_start, months)
    return (first, first) if last.period_kind is PeriodKind.day else calendar_period(last.period_kind, first)


def _to_start_with(indicator: Indicator) -> dict[str, str]:
    """What a new value most likely shares with the last one: its source, while there is one of that name."""
    last = max(plan.readings(indicator.id), key=lambda entry: entry.record.period_end, default=None)
    source = last.record.source_id if last else None
    return {"source_id": source} if source and source in plan.records(Source) else {}


def source_words(reading: Reading) -> str:
    """The title of a reading's source; "–" without one."""
    return title_of(Source.kind, reading.source_id) if reading.source_id else MISSING
