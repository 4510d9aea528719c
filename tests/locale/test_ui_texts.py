"""Every text in the code has its English translation, and every call fills exactly the placeholders of its text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from metrics.locale.catalogue import is_key, lookup
from metrics.locale.collect import (
    CONSTANT_ONLY,
    TextCall,
    bring_up_to_date,
    catalogue_path,
    placeholders,
    read_catalogue,
    text_calls,
    texts_in_code,
    untranslated,
    write_catalogue,
)
from tests.locale.test_vocabulary import ROOT

CALLS = text_calls(ROOT)


def place(call: TextCall) -> str:
    return f"{call.file.relative_to(ROOT)}:{call.line} {call.msgids[0] if call.msgids else call.function}"


def forms(text: str | Sequence[str]) -> list[str]:
    """A text's forms: one, or two for a plural."""
    return [text] if isinstance(text, str) else [*text]


def english() -> Catalog:
    return read_catalogue(catalogue_path(ROOT, "en"), "en")


def test_texts_are_found() -> None:
    assert len(CALLS) > 20


def test_texts_are_constants_so_that_they_can_be_collected() -> None:
    assert [place(call) for call in CALLS if not call.msgids and call.function in CONSTANT_ONLY] == []


def test_every_key_in_the_code_is_in_both_catalogues() -> None:
    keys = {call.msgids[0] for call in CALLS if call.msgids and is_key(call.msgids[0])}
    assert [key for key in sorted(keys) if lookup(key, "de") is None or lookup(key, "en") is None] == []


def test_every_text_has_an_english_translation() -> None:
    known = {forms(message.id)[0] for message in english() if message.id}
    missing = set(untranslated(english()))
    assert sorted(ids[0] for ids in texts_in_code(ROOT) if ids[0] not in known or ids[0] in missing) == []


def test_the_english_catalogue_holds_no_text_that_is_gone() -> None:
    in_code = {msgid for msgids in texts_in_code(ROOT) for msgid in msgids}
    ids = [forms(message.id)[0] for message in english() if message.id]
    assert [msgid for msgid in ids if not is_key(msgid) and msgid not in in_code] == []


def test_translations_have_the_placeholders_of_their_texts() -> None:
    sentences = [message for message in english() if message.id and not is_key(forms(message.id)[0])]
    assert [forms(message.id)[0] for message in sentences if not same_placeholders(message)] == []


def same_placeholders(message: Message) -> bool:
    """A singular may leave the number out ("one goal"), the plural and a plain text may not; empty texts have none."""
    texts, ids = forms(message.string or ""), forms(message.id)
    if not all(texts):
        return True
    return placeholders(texts[-1]) == placeholders(ids[-1]) and placeholders(texts[0]) <= placeholders(ids[-1])


def test_every_call_fills_the_placeholders_of_its_text() -> None:
    wrong = []
    for call in CALLS:
        if call.msgids and call.names is not None and not is_key(call.msgids[0]):
            wanted = set().union(*map(placeholders, call.msgids)) - ({"number"} if len(call.msgids) > 1 else set())
            if wanted != set(call.names):
                wrong.append(place(call))
    assert wrong == []


@pytest.fixture
def small_repository(tmp_path: Path) -> Path:
    """A repository with one page, one package and an English catalogue that lags behind."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "x.py").write_text(
        '_("Zwei {n}", n=2)\n_n("ein Ziel", "{number} Ziele", 3)\n_(wort)\n_("kind.goal")\n', "utf-8"
    )
    path = catalogue_path(tmp_path, "en")
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale="en")
    catalogue.add("Längst gelöscht", "Long gone")
    catalogue.add("kind.goal", "Goal")
    write_catalogue(catalogue, path, "en")
    return tmp_path


def test_collecting_adds_empty_entries_and_keeps_what_is_there(small_repository: Path) -> None:
    assert bring_up_to_date(small_repository, prune=False) == (2, 0, 2)
    catalogue = read_catalogue(catalogue_path(small_repository, "en"), "en")
    assert sorted(untranslated(catalogue)) == ["Zwei {n}", "ein Ziel"]
    assert catalogue["Längst gelöscht"].string == "Long gone"


def test_collecting_twice_changes_nothing(small_repository: Path) -> None:
    bring_up_to_date(small_repository, prune=False)
    before = catalogue_path(small_repository, "en").read_bytes()
    assert bring_up_to_date(small_repository, prune=False) == (0, 0, 2)
    assert catalogue_path(small_repository, "en").read_bytes() == before


def test_pruning_drops_texts_that_are_gone_and_no_key(small_repository: Path) -> None:
    assert bring_up_to_date(small_repository, prune=True) == (2, 1, 2)
    catalogue = read_catalogue(catalogue_path(small_repository, "en"), "en")
    assert "Längst gelöscht" not in catalogue
    assert catalogue["kind.goal"].string == "Goal"


def test_a_fuzzy_translation_counts_as_none(small_repository: Path) -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Zwei {n}", "Two {n}", flags=["fuzzy"])
    write_catalogue(catalogue, catalogue_path(small_repository, "en"), "en")
    assert untranslated(read_catalogue(catalogue_path(small_repository, "en"), "en")) == ["Zwei {n}"]


def test_a_text_that_is_no_constant_is_reported(small_repository: Path) -> None:
    assert [(call.line, call.function) for call in text_calls(small_repository) if not call.msgids] == [(3, "_")]


def test_what_money_comes_from_has_one_name() -> None:
    other = "F" + "örder" + "t"
    texts = [text for call in CALLS for text in call.msgids] + [
        str(message.string) for message in read_catalogue(catalogue_path(ROOT, "de"), "de")
    ]
    texts += [page.read_text("utf-8") for page in sorted((ROOT / "docs").rglob("*.md"))]
    assert any("Finanzierungstopf" in text for text in texts)
    assert [text for text in texts if other + "opf" in text or other + "öpfe" in text] == []
