"""The walk from a model to widgets and back: nothing is asked twice, nothing is lost, nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.domain.demands import KeepEveryYear, ValueByDate
from metrics.domain.goals import Goal
from metrics.domain.kinds import KINDS
from metrics.domain.measures import Measure, Milestone
from metrics.domain.priorities import CriteriaSet
from metrics.domain.resources import CapacityGroup, FundingPot, MoneyLine, Post, ResourceDemand
from metrics.domain.scenarios import Scenario
from metrics.domain.targets import Target
from metrics.locale.catalogue import LANGUAGES, Language
from metrics.locale.reading_input import parse_share
from metrics.ui.form_fields import Shape, form_fields, grouped_fields
from metrics.ui.form_values import Typed, filled, merged, opened, reworded, share_as_typed, slug, with_more_rows
from tests.plan import (
    a_capacity_group,
    a_criteria_set,
    a_funding_pot,
    a_goal,
    a_measure,
    a_money_line,
    a_resource_demand,
    a_scenario,
    a_target,
)
from tests.strategies import records

slow = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=15, deadline=None
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_but_the_id_is_asked_exactly_once(kind: str) -> None:
    main, rest = grouped_fields(kind)
    asked = [field.name for field in (*main, *rest)]
    assert sorted(asked) == sorted(set(KINDS[kind].model_fields) - {"id"})


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_has_to_be_filled_in_stands_among_the_main_fields(kind: str) -> None:
    main = {field.name for field in grouped_fields(kind)[0]}
    needed = {name for name, info in KINDS[kind].model_fields.items() if info.is_required()} - {"id"}
    assert needed <= main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@slow
@given(data=st.data())
def test_a_record_laid_into_the_widgets_comes_back_equal(kind: str, language: Language, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    typed = opened(KINDS[kind], record, language)
    found = filled(kind, typed, record.id, language, record)
    assert (found.record, found.errors) == (record, {})


@pytest.mark.parametrize("kind", KINDS)
@slow
@given(data=st.data())
def test_a_change_of_language_and_back_loses_nothing(kind: str, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    german, english = (opened(KINDS[kind], record, language) for language in LANGUAGES)
    found = filled(kind, reworded(kind, german, "de", "en"), record.id, "en", record)
    back = reworded(kind, reworded(kind, german, "de", "en"), "en", "de")
    assert english.keys() == german.keys()
    assert found.errors.keys() <= _unreadable(kind, german, record)
    assert back == german


def _unreadable(kind: str, typed: Typed, record: object) -> set[str]:
    """Numbers with more digits than can be typed: they are kept as they are, and so need their language back."""
    return {path for path, value in typed.items() if isinstance(value, str) and sum(c.isdigit() for c in value) > 15}


def test_numbers_are_shown_and_read_the_german_way() -> None:
    target = a_target(ValueByDate(value=1234.5, due="2028-12-31"))
    typed = opened(Target, target, "de")
    assert (typed["demand.value"], typed["demand.due"]) == ("1.234,5", "31.12.2028")
    typed["demand.value"] = "203.726"
    found = filled("target", typed, target.id, "de")
    assert isinstance(found.record, Target) and found.record.demand.value == 203726


@pytest.mark.parametrize(
    "nonsense", ["42.5", "1,234.5", "abc", "=1+1", "🐢", "1e5", "--3", "5 %", "\x00", "9" * 10_000]
)
def test_what_is_no_german_number_is_refused_at_its_field_and_stays_there(nonsense: str) -> None:
    typed = opened(Goal, a_goal(target_value=3.5), "de") | {"target_value": nonsense}
    found = filled("goal", typed, "Z-R", "de", a_goal(target_value=3.5))
    assert found.record is None
    assert list(found.errors) == ["target_value"]
    assert typed["target_value"] == nonsense


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("title", ""),
        ("title", "x" * 10_000),
        ("title", "Ziel\u0007"),
        ("title", "Ziel\u202e"),
        ("owner", "x" * 501),
        ("target_year", "1200"),
        ("target_year", "2030,5"),
        ("weight", ""),
        ("weight", "0"),
        ("stars", "4"),
        ("level", ""),
        ("description", "x" * 20_001),
    ],
)
def test_every_broken_rule_stands_at_its_own_field(path: str, text: str) -> None:
    found = filled("goal", opened(Goal, a_goal(), "de") | {path: text}, "Z-R", "de")
    assert found.record is None
    assert list(found.errors) == [path]
    assert len(found.errors[path]) > 15


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "![](https://example.org/x.png)", "=1+1", "👩🏽‍🔧 Ziel"])
def test_odd_titles_are_data(text: str) -> None:
    found = filled("goal", opened(Goal, a_goal(), "de") | {"title": text}, "Z-R", "de")
    assert isinstance(found.record, Goal) and found.record.title == text


def test_a_year_before_1900_is_refused_at_the_date() -> None:
    found = filled("measure", opened(Measure, a_measure(), "de") | {"starts": "24.11.1200"}, "M-15", "de")
    assert list(found.errors) == ["starts"]


def test_a_span_that_runs_backwards_is_shown_at_its_end() -> None:
    found = filled("measure", opened(Measure, a_measure(), "de") | {"starts": "2028", "ends": "2027"}, "M-15", "de")
    assert list(found.errors) == ["ends"]


def test_empty_rows_are_left_out_and_errors_keep_the_row_they_were_made_in() -> None:
    typed = opened(Measure, a_measure(), "de")
    typed |= {"milestones.0.title": "", "milestones.0.due": "", "milestones.0.done_on": ""}
    typed |= {"milestones.2.title": "Abschlussbericht", "milestones.2.due": "irgendwann"}
    assert list(filled("measure", typed, "M-15", "de").errors) == ["milestones.2.due"]
    typed |= {"milestones.2.due": "12.2028", "milestones.2.weight": "2000"}
    assert list(filled("measure", typed, "M-15", "de").errors) == ["milestones.2.weight"]
    typed["milestones.2.weight"] = "2,5"
    found = filled("measure", typed, "M-15", "de").record
    assert isinstance(found, Measure)
    assert found.milestones == (
        Milestone(title="Drei Zwischennutzungen eröffnet", due="2027-12"),
        Milestone(title="Abschlussbericht", due="2028-12", weight=2.5),
    )


def test_a_row_begun_and_not_finished_is_refused() -> None:
    typed = opened(CriteriaSet, a_criteria_set(), "de") | {"criteria.3.title": "Sichtbarkeit"}
    assert list(filled("criteria_set", typed, "KS-1", "de").errors) == ["criteria.3.code"]


def test_one_more_row_is_empty() -> None:
    typed = opened(Measure, a_measure(), "de")
    scores = next(field for field in form_fields(Measure) if field.shape is Shape.rows)
    more = with_more_rows(scores, "milestones", typed, "de")
    assert more["milestones"] == 4
    assert more["milestones.3.title"] == ""
    assert filled("measure", typed | more, "M-15", "de").record == a_measure()


def test_another_kind_of_target_asks_for_its_own_fields() -> None:
    typed = opened(Target, a_target(), "de") | {"demand": "keep_every_year", "demand.tolerance": "0,5"}
    found = filled("target", typed, "T-I-ALQ", "de", a_target()).record
    assert isinstance(found, Target) and found.demand == KeepEveryYear(value=7.0, tolerance=0.5)


def test_quarters_are_typed_as_people_say_them() -> None:
    typed = opened(CapacityGroup, None, "de") | {"title": "Team", "fte": "4", "first_quarter": "Q1 2027"}
    found = filled("capacity_group", typed, "KG", "de").record
    assert isinstance(found, CapacityGroup) and found.first_quarter == "2027-Q1"


def test_periods_and_profiles_are_typed_as_people_say_them() -> None:
    typed = opened(ResourceDemand, a_resource_demand(), "de") | {"period": "Januar 2027", "until": "3/2027"}
    found = filled("resource_demand", typed | {"profile": "1; 2,5; 1"}, "RB", "de").record
    assert isinstance(found, ResourceDemand)
    assert (found.period, found.until, found.profile) == ("2027-01", "2027-03", (1.0, 2.5, 1.0))
    shown = opened(ResourceDemand, found, "de")
    assert (shown["period"], shown["until"], shown["profile"]) == ("01.2027", "03.2027", "1; 2,5; 1")
    assert reworded("resource_demand", shown, "de", "en")["profile"] == "1; 2.5; 1"


def test_a_rule_of_a_row_is_shown_at_the_field_of_the_row_that_mends_it() -> None:
    group = opened(CapacityGroup, a_capacity_group(posts=(Post(fte=1, enters="2027-05"),)), "de")
    left = filled("capacity_group", group | {"posts.0.leaves": "2027-04"}, "KG", "de")
    assert list(left.errors) == ["posts.0.leaves"]
    change = opened(Scenario, a_scenario(), "de") | {"changes.0.effect": "funding_ends"}
    lacking = filled("scenario", change, "SZ", "de")
    assert list(lacking.errors) == ["changes.0.pot_id"]
    assert "„Förderung endet“ braucht die Angabe „Finanzierungstopf“" in lacking.errors["changes.0.pot_id"]
    line = opened(MoneyLine, a_money_line(), "de") | {"planned": "", "committed": ""}
    assert list(filled("money_line", line, "MA", "de").errors) == ["planned"]


@pytest.mark.parametrize(
    ("typed", "language", "share"),
    [("60 %", "de", 0.6), ("60%", "en", 0.6), ("12,5 %", "de", 0.125), ("0,6", "de", 0.6), ("100 %", "de", 1.0)],
)
def test_a_share_may_be_typed_as_per_cent(typed: str, language: Language, share: float) -> None:
    shown = opened(CapacityGroup, a_capacity_group(), language) | {"absence_share": typed}
    found = filled("capacity_group", shown, "KG", language)
    assert found.errors == {}
    assert isinstance(found.record, CapacityGroup)
    assert found.record.absence_share == share
    pot = filled("funding_pot", opened(FundingPot, a_funding_pot(), language) | {"own_share": typed}, "FT", language)
    assert isinstance(pot.record, FundingPot)
    assert pot.record.own_share == share


@pytest.mark.parametrize("typed", ["60", "120 %", "-5 %", "% 60", "12.5 %", "%"])
def test_what_is_no_share_is_refused_at_its_field(typed: str) -> None:
    shown = opened(CapacityGroup, a_capacity_group(), "de") | {"base_load_share": typed}
    assert list(filled("capacity_group", shown, "KG", "de").errors) == ["base_load_share"]


def test_a_share_typed_as_per_cent_follows_another_language() -> None:
    shown = opened(CapacityGroup, a_capacity_group(), "de") | {"base_load_share": "12,5 %"}
    assert reworded("capacity_group", shown, "de", "en")["base_load_share"] == "12.5 %"


def test_per_cent_beside_a_number_that_is_no_share_is_still_refused() -> None:
    shown = opened(CapacityGroup, a_capacity_group(), "de") | {"fte": "60 %"}
    assert "Bitte lassen Sie in „60 %“ die Einheit weg" in filled("capacity_group", shown, "KG", "de").errors["fte"]


def test_posts_and_the_years_of_a_pot_are_rows_and_an_empty_row_is_none() -> None:
    typed = opened(FundingPot, a_funding_pot(), "de") | {"years.2.year": "2026", "years.2.amount": "1.000"}
    twice = filled("funding_pot", typed, "FT", "de")
    assert "2026 kommt zweimal vor" in twice.errors["years"]
    assert filled("funding_pot", typed | {"years.2.year": "", "years.2.amount": ""}, "FT-LAND", "de").record == (
        a_funding_pot()
    )


def test_my_changes_land_on_top_of_theirs_field_by_field() -> None:
    base = opened(Goal, a_goal(), "de")
    theirs = opened(Goal, a_goal(owner="Amt 80", title="Ihr Titel"), "de")
    mine = base | {"title": "Mein Titel"}
    found = merged(base, theirs, mine)
    assert (found["title"], found["owner"]) == ("Mein Titel", "Amt 80")


def test_an_id_made_from_a_title_can_be_read() -> None:
    assert slug("Größere Straßen & Öl!", "3f9a1c") == "groessere-strassen-oel-3f9a1c"
    assert slug("مرحبا 🏗️", "3f9a1c") == "3f9a1c"
    assert len(slug("x" * 500, "3f9a1c")) <= 80


@given(st.integers(0, 10**12).map(lambda parts: parts / 10**12), st.sampled_from(["de", "en"]))
def test_a_share_comes_back_from_the_form_as_it_was(share: float, language: Language) -> None:
    assert parse_share(share_as_typed(share, language), language) == share


def test_a_share_is_shown_in_per_cent() -> None:
    assert share_as_typed(0.285, "de") == "28,5 %"
    assert share_as_typed(0.07, "en") == "7 %"
    assert opened(CapacityGroup, a_capacity_group(absence_share=0.15), "de")["absence_share"] == "15 %"
