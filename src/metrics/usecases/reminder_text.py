"""The words of a reminder: plain text, in the reader's language, with a link for each task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import cast
from urllib.parse import quote

from metrics.domain.reminding import Digest
from metrics.domain.tasks import Task, by_pain
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import day
from metrics.locale.words import choice

MOST_LINES = 15
ADDRESSES: Mapping[str, str] = {
    "readings": "eingabe",
    "status_note": "sachstand",
    "plan_editing": "plan",
    "measures": "massnahmen",
    "rating": "bewerten",
    "my_tasks": "aufgaben",
    "releases": "freigaben",
    "periods": "zeitraeume",
    "dialogue": "dialog",
    "follow_ups": "beschluesse",
    "my_account": "konto",
}
"""The addresses of the pages that a mail leads to, by their name in the navigation table."""


def language_of(digest: Digest) -> Language:
    """The language in which somebody reads."""
    return cast(Language, digest.account.language)


def subject_of(digest: Digest, today: date) -> str:
    """One line that says how much there is."""
    language, number = language_of(digest), len(digest.tasks)
    if not number:
        return translate_plural(
            "Zukunftsplan: {number} Aufgabe im Amt ist überfällig",
            "Zukunftsplan: {number} Aufgaben im Amt sind überfällig",
            len(digest.escalated),
            language,
        )
    return translate_plural("Zukunftsplan: {number} Aufgabe", "Zukunftsplan: {number} Aufgaben", number, language)


def body_of(digest: Digest, url: str, today: date) -> str:
    """The text: one's own tasks, what hurts most first, then what is late in the office by function."""
    language = language_of(digest)
    parts = [translate("Guten Tag,", language)]
    if digest.tasks:
        parts += _own(digest.tasks, url, today, language)
    if digest.escalated:
        parts += _office(digest.escalated, url, today, language)
    parts += _farewell(url, language)
    return "\n\n".join(parts) + "\n"


def trial_text(url: str, language: Language) -> tuple[str, str]:
    """Subject and body of the mail by which somebody tries the settings."""
    subject = translate("Zukunftsplan: Probemail", language)
    said = translate("diese Probemail ist angekommen: Der Zukunftsplan kann Erinnerungen versenden.", language)
    return subject, "\n\n".join([translate("Guten Tag,", language), said, *_farewell(url, language)]) + "\n"


def address_of_page(url: str, page: str, identifier: str | None = None) -> str:
    """The address that opens a page, or a record on it; the start page for one that is not known here."""
    query = "" if identifier is None else "?id=" + quote(identifier, safe=":.-_")
    return f"{url}/{ADDRESSES[page]}{query}" if page in ADDRESSES else f"{url}/"


def _own(tasks: Sequence[Task], url: str, today: date, language: Language) -> list[str]:
    number, late = len(tasks), sum(task.days_late(today) > 0 for task in tasks)
    heading = translate_plural(
        "auf Sie wartet {number} Aufgabe, überfällig: {late}.",
        "auf Sie warten {number} Aufgaben, überfällig: {late}. Was am meisten drängt, steht oben.",
        number,
        language,
        late=late,
    )
    parts = [heading]
    parts += [_line(task, url, today, language) for task in tasks[:MOST_LINES]]
    if number > MOST_LINES:
        parts.append(_more(number - MOST_LINES, url, language))
    return parts


def _office(tasks: Sequence[Task], url: str, today: date, language: Language) -> list[str]:
    """By function, in the order of the alphabet: who is late most is not what this is about."""
    shown = by_pain(tasks, today)[:MOST_LINES]
    nobody = translate("ohne Zuständigkeit", language)
    by_function = sorted(shown, key=lambda task: ((task.owner or nobody).casefold(), task.due or date.max, task.title))
    heading = translate(
        "Im ganzen Amt ist um mehr als einen Turnus oder trotz zweier Erinnerungen überfällig:", language
    )
    parts = [heading]
    for function, found in groupby(by_function, key=lambda task: task.owner or nobody):
        lines = [_flat(function) + ":", *(_line(task, url, today, language) for task in found)]
        parts.append("\n".join(lines))
    if len(tasks) > MOST_LINES:
        parts.append(_more(len(tasks) - MOST_LINES, url, language))
    return parts


def _line(task: Task, url: str, today: date, language: Language) -> str:
    title = _flat(task.title if task.detail is None else f"{task.title} – {task.detail}")
    if task.illustrative:
        title += " (" + translate("Beispielwert", language) + ")"
    told = {"what": choice(task.kind, language), "title": title, "when": _when(task, today, language)}
    line = translate("- {what}: {title} ({when})", language, **told)
    return line + "\n  " + address_of_page(url, task.page, task.identifier)


def _when(task: Task, today: date, language: Language) -> str:
    days = task.days_late(today)
    if task.due is None:
        return translate("ohne Termin", language)
    if days > 0:
        return translate_plural("seit {number} Tag überfällig", "seit {number} Tagen überfällig", days, language)
    return translate("fällig am {day}", language, day=day(task.due, language))


def _more(number: int, url: str, language: Language) -> str:
    words = translate_plural("und {number} weitere", "und {number} weitere", number, language)
    return f"{words}: {address_of_page(url, 'my_tasks')}"


def _farewell(url: str, language: Language) -> list[str]:
    account = address_of_page(url, "my_account")
    return [
        translate(
            "Wie oft Sie erinnert werden, bestimmen Sie unter „Mein Konto“: {address}", language, address=account
        ),
        translate("Diese E-Mail hat das Programm geschrieben; Antworten darauf liest niemand.", language),
    ]


def _flat(text: str) -> str:
    """Titles are data: one line each, whatever they hold."""
    return " ".join(text.split())
