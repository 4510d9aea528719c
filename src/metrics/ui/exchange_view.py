"""What the page on data shows: a plan file read and compared, the store's contents, its backups, its faults."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache

from metrics.charts.theme import Row
from metrics.domain.document import PlanDocument
from metrics.domain.kinds import KINDS
from metrics.domain.refusals import PlanFileBroken
from metrics.exchange.plan_file import read_plan, with_lines
from metrics.locale.formats import moment, number
from metrics.locale.refused import place_in_document
from metrics.locale.words import doubt_sentence, kind_name, rule_sentence
from metrics.ui import plan
from metrics.ui.record_titles import record_title
from metrics.ui.record_values import changed_fields
from metrics.ui.runtime import store
from metrics.ui.session import _, language, today
from metrics.ui.text import one_line
from metrics.usecases.exchanging import ImportPreview, kinds_in, preview_import
from metrics.usecases.keeping import Fault, verify

MOST_ROWS = 500
MOST_CHARACTERS = 200


def document_of(data: bytes) -> PlanDocument:
    """The document of an uploaded file; raises PlanFileBroken, also where the file is no text at all."""
    try:
        return _document(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PlanFileBroken(problems=[(line, "", "json_invalid", {})]) from error


@lru_cache(maxsize=2)
def _document(text: str) -> PlanDocument:
    return read_plan(text)


def compared(data: bytes) -> ImportPreview:
    """What importing an uploaded file would do to the plan as it stands; raises PlanFileBroken."""
    return _compared(data, store().serial, store().change_number(), today())


@lru_cache(maxsize=2)
def _compared(data: bytes, _serial: int, _change_number: int, day: date) -> ImportPreview:
    document = document_of(data)
    try:
        return preview_import(store(), document, today=day)
    except PlanFileBroken as refusal:
        raise with_lines(refusal, data.decode("utf-8-sig")) from refusal


def problem_rows(refusal: PlanFileBroken) -> list[Row]:
    """Where a plan file breaks which rule: line, path, rule with the way out."""
    rows: list[Row] = []
    for line, path, rule, context in refusal.data["problems"]:
        kind, location = place_in_document(path)
        sentence = rule_sentence(rule, context, language(), kind=kind, location=location)
        rows.append({_("Zeile"): line, _("Stelle"): path or "–", _("Regel"): sentence})
    return rows


def doubt_rows(preview: ImportPreview) -> list[Row]:
    """What is doubtful about records that arrive: targets that may not be judged, owners that are lacking."""
    return [
        {
            _("Art"): kind_name(record.kind, language()),
            _("Eintrag"): record_title(record),
            _("Hinweis"): doubt_sentence(doubt, language()),
        }
        for record, doubt in preview.doubts[:MOST_ROWS]
    ]


def count_rows(document: PlanDocument, preview: ImportPreview) -> list[Row]:
    """For each kind that arrives: how many records are new, changed and unchanged."""
    arriving = Counter(record.kind for record in document.all_records())
    touched = kinds_in(preview)
    rows: list[Row] = []
    for kind in KINDS:
        if arriving[kind]:
            new, changed = touched.get(kind, (0, 0))
            name = kind_name(kind, language(), plural=True)
            same = arriving[kind] - new - changed
            rows.append({_("Art"): name, _("neu"): new, _("geändert"): changed, _("unverändert"): same})
    return rows


def difference_rows(preview: ImportPreview) -> list[Row]:
    """What would change, field by field, then what would be new; at most 500 rows."""
    rows: list[Row] = []
    for record, _version in preview.changed:
        newest = store().newest(record.kind, record.id)
        fields = changed_fields(newest.record, record)
        if newest.withdrawn:
            fields = [(_("gilt wieder"), _("zurückgezogen"), _("gültig")), *fields]
        rows += [_difference_row(record.kind, record_title(record), *field) for field in fields]
        if len(rows) >= MOST_ROWS:
            return rows[:MOST_ROWS]
    rows += [_difference_row(record.kind, record_title(record), _("neu"), "", "") for record in preview.new]
    return rows[:MOST_ROWS]


def store_rows() -> list[Row]:
    """How many records and versions of each kind the store holds."""
    found = {row["kind"]: row for row in _counts()}
    return [
        {
            _("Art"): kind_name(kind, language(), plural=True),
            _("Einträge"): found[kind]["records"],
            _("Fassungen"): found[kind]["versions"],
        }
        for kind in KINDS
        if kind in found
    ]


def backup_rows() -> list[Row]:
    """The backups beside the store, newest first."""
    found = sorted(
        store().connection.backup_folder.glob("*.duckdb"), key=lambda file: file.stat().st_mtime, reverse=True
    )
    return [
        {
            _("Datei"): file.name,
            _("Erstellt"): moment(datetime.fromtimestamp(file.stat().st_mtime, UTC), language()),
            _("Größe"): size_words(file.stat().st_size),
        }
        for file in found
    ]


def size_words(size: int) -> str:
    """1572864 → "1,5 MB"."""
    return f"{number(size / 1024 / 1024, language(), 1)} MB"


def faults() -> list[Row]:
    """Every fault of the store; empty where all is well."""
    return [_fault_row(fault) for fault in verify(store())]


@plan.remember()
def _counts() -> list[dict[str, int | str]]:
    return store().connection.rows("counts")


def _difference_row(kind: str, title: str, field: str, before: str, after: str) -> Row:
    return {
        _("Art"): kind_name(kind, language()),
        _("Eintrag"): title,
        _("Feld"): field,
        _("bisher"): one_line(before, MOST_CHARACTERS),
        _("künftig"): one_line(after, MOST_CHARACTERS),
    }


def _fault_row(fault: Fault) -> Row:
    kind = kind_name(fault.kind, language()) if fault.kind in KINDS else fault.kind
    return {_("Prüfung"): fault.check, _("Art"): kind, _("Kennung"): fault.id, _("Befund"): fault.detail}
