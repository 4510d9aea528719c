"""The priorities: matrix, selection, ranking."""

from __future__ import annotations

from datetime import datetime

import pytest

from metrics.domain.base import Evidence
from metrics.domain.priorities import Criterion, Rating, Score
from metrics.domain.ranking import rank_measures
from metrics.locale.formats import number
from metrics.usecases.access import Person, Role
from metrics.usecases.planning import add_record
from tests.pages.conftest import charts_without_text, words
from tests.plan import a_measure, a_rating

OFFICE = Person("Amt", Role.administration)
AT = datetime(2026, 11, 24, 9, 0)


def read(page):
    """What the page says, without the escapes that keep data from being markup."""
    return words(page).replace("\\", "")


def table(page, first_column: str):
    return next(found.value for found in page.dataframe if found.value.columns[0] == first_column)


def test_the_matrix_the_selection_and_the_ranking_show_the_judged_numbers(app, store):
    page = app("priorisierung")
    ranked = rank_measures(store.records(Criterion), store.records(Rating))
    shown = table(page, "Rang")
    assert not page.exception
    assert list(shown["Nutzwert"]) == [number(found.utility, "de", 2) for found in ranked.values()]
    assert len(table(page, "Maßnahme")) == len(ranked) == 8
    assert charts_without_text(page) == []


def test_the_page_says_that_it_suggests_and_that_the_ratings_are_invented(app):
    said = read(app("priorisierung"))
    assert "Vorschlag, keine Entscheidung" in said
    assert "8 der 8 Maßnahmen sind erfunden" in said
    assert "Beispielwert" in said


def test_one_group_may_speak_alone(app, store):
    page = app("priorisierung")
    page.selectbox(key="prio_gruppe").set_value("BG-POL").run()
    alone = rank_measures(store.records(Criterion), store.records(Rating), "BG-POL")
    assert list(table(page, "Rang")["Nutzwert"]) == [number(found.utility, "de", 2) for found in alone.values()]
    assert 0 < len(alone) < 8


def test_measures_without_a_rating_are_listed_and_not_placed(app):
    page = app("priorisierung")
    assert "8 Maßnahmen ohne Bewertung" in read(page)
    assert "Imagekampagne Handwerk" not in list(table(page, "Rang")["Maßnahme"])


def test_the_formula_names_the_criterion_that_counts_the_other_way(app):
    said = read(app("priorisierung"))
    assert "Nutzwert" in said
    assert "Ressourcenbedarf“ zählt 6" in said


def test_equal_nutzwerte_share_their_rank(app):
    shown = table(app("priorisierung"), "Rang")
    ties = shown[shown["Nutzwert"].duplicated(keep=False)]
    assert len(ties) == 2
    assert ties["Rang"].nunique() == 1


def test_a_real_rating_pushes_the_examples_out_until_they_are_asked_for(app, store):
    scores = (Score(criterion_id="KR-1", score=4), Score(criterion_id="KR-4", score=2))
    own = a_rating(id="BW-ECHT", measure_id="M-03", group_id="BG-AMT", scores=scores, evidence=Evidence.own)
    add_record(store, own, by=OFFICE, at=AT)
    page = app("priorisierung")
    assert list(table(page, "Rang")["Kennung"]) == ["M-03"]
    page.toggle(key="beispiele").set_value(True).run()
    assert len(table(page, "Rang")) == 9


def test_a_plan_without_ratings_says_how_to_begin(empty_app):
    page = empty_app("priorisierung")
    assert not page.exception
    assert "noch keine Maßnahme" in read(page)


@pytest.mark.parametrize("title", ["<b>fett</b> **x** =HYPERLINK(1)", "🙂" * 100])
def test_hostile_titles_stay_data(app, store, title):
    add_record(store, a_measure(id="M-99", title=title, goal_ids=("Z-A",)), by=OFFICE, at=AT)
    scores = tuple(Score(criterion_id=key, score=5) for key in ("KR-1", "KR-2"))
    rating = a_rating(id="BW-99", measure_id="M-99", group_id="BG-AMT", scores=scores, evidence=Evidence.illustrative)
    add_record(store, rating, by=OFFICE, at=AT)
    page = app("priorisierung")
    assert not page.exception
    assert "<b>" not in words(page)
