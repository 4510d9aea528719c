"""Before a committee and back: drafted, frozen once and for good, read by those who may, decided into the plan."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from metrics.domain.base import Evidence
from metrics.domain.committee import (
    FollowUp,
    FollowUpState,
    GoalText,
    Influence,
    ProposedDecision,
    Sitting,
    SittingRole,
)
from metrics.domain.demands import AgainstBenchmark, Relation, ValueByDate
from metrics.domain.goals import GoalLevel, GoalState
from metrics.domain.refusals import (
    FollowUpSettled,
    NotAllowed,
    NothingChanged,
    NotPublic,
    RecordNotFound,
    SittingIsOver,
    SnapshotDamaged,
    SomebodyElseWasFaster,
)
from metrics.domain.targets import Target
from metrics.locale.formats import euros, percent
from metrics.papers.model import QuarterLoad
from metrics.papers.modes import Mode, in_mode
from metrics.papers.slide_charts import overload_told
from metrics.papers.telling import indicator_title
from metrics.store.ledger import Store
from metrics.usecases.access import Person, Role
from metrics.usecases.assessing import assess_plan
from metrics.usecases.disclosing import not_for_the_public
from metrics.usecases.packaging import make_package, zipped
from metrics.usecases.planning import add_record, revise_record
from metrics.usecases.presenting import on_the_wall
from metrics.usecases.recording import record_reading
from metrics.usecases.sittings import (
    apply_decision,
    draft_paper,
    freeze,
    frozen_paper,
    plan_to_draft_from,
    snapshots_to_see,
)
from tests.drafts import drafted
from tests.plan import (
    a_capacity_group,
    a_comparison,
    a_follow_up,
    a_funding_pot,
    a_goal,
    a_measure,
    a_money_line,
    a_plan,
    a_reading,
    a_resource_demand,
    a_sitting,
    a_target,
    an_indicator,
)

COUNCILLOR = Person("P-9", Role.committee)


@pytest.fixture
def plan(store: Store, me: Person, now: datetime) -> Store:
    """A goal with an indicator, a target and readings, and a sitting."""
    target = a_target(ValueByDate(value=7.0, due="2028", baseline=9.0, baseline_period="2019"))
    texts = GoalText(goal_id="Z-R", assessment="Der Arbeitsmarkt trägt.", consequence="Kein neuer Weg.")
    sitting = a_sitting(goal_texts=(texts,), decisions=(ProposedDecision(text="Der Ausschuss beschließt."),))
    for record in (a_goal(), an_indicator(goal_ids=("Z-R",)), target, sitting, a_follow_up(target_id=target.id)):
        add_record(store, record, by=me, at=now)
    for year in range(2019, 2025):
        reading = a_reading(year, 9.0 - (year - 2019) * 0.2)
        record_reading(store, reading, by=me, at=now, today=now.date())
    return store


def test_the_draft_says_what_the_plan_and_the_sitting_say(plan: Store, me: Person, now: datetime, today: date) -> None:
    sitting = plan.records(type(a_sitting()))[0]
    paper = drafted(plan, sitting, by=me, at=now, today=today)
    (goal,) = paper.goals
    (line,) = goal.indicators
    assert (goal.assessment, goal.consequence) == ("Der Arbeitsmarkt trägt.", "Kein neuer Weg.")
    assert (line.baseline, line.actual, line.target) == (9.0, 8.0, 7.0)
    assert line.share == pytest.approx(0.5)
    # The path runs from the end of 2019 to the end of 2028: 2,520 of 3,288 days have gone.
    assert line.expected_share == pytest.approx(2520 / 3288, abs=0.001)
    assert line.expected == pytest.approx(9.0 - 2.0 * 2520 / 3288, abs=0.002)
    assert [(point.day, point.value) for point in line.path] == [(date(2019, 12, 31), 9.0), (date(2028, 12, 31), 7.0)]
    assert line.due == date(2028, 12, 31), "the target's day, not that of the next value"
    assert line.course is not None
    assert line.reason != ""
    assert [decision.text for decision in paper.decisions] == ["Der Ausschuss beschließt."]
    assert paper.summary.startswith("Von 1 Indikator ist")
    assert [item.text for item in paper.follow_ups] == ["Der Zielwert wird angepasst."]
    assert plan.snapshots.all() == []


def test_an_empty_plan_gives_a_paper_that_says_so(store: Store, me: Person, now: datetime, today: date) -> None:
    paper = drafted(store, a_sitting(), by=me, at=now, today=today)
    assert (paper.goals, paper.ranking, paper.resources) == ((), None, None)
    assert paper.summary == "Für die Ziele des Plans gibt es noch keinen Indikator."


def test_what_is_frozen_stays_whatever_happens_to_the_plan(plan: Store, me: Person, now: datetime, today: date) -> None:
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    before = frozen_paper(plan, snapshot.id, by=me)
    record_reading(plan, a_reading(2025, 6.0), by=me, at=now, today=today)
    assert frozen_paper(plan, snapshot.id, by=me) == before
    later = freeze(plan, "SI-1", by=me, at=now, today=today)
    assert (later.id, later.sha256 == snapshot.sha256) == ("SI-1.2", False)
    assert frozen_paper(plan, later.id, by=me)[1].goals[0].indicators[0].actual == 6.0


def test_the_same_state_is_frozen_once(plan: Store, me: Person, now: datetime, today: date) -> None:
    first = freeze(plan, "SI-1", by=me, at=now, today=today)
    assert freeze(plan, "SI-1", by=me, at=now + timedelta(minutes=1), today=today) == first
    assert len(plan.snapshots.all("SI-1")) == 1


def test_a_snapshot_outlives_the_process_and_tells_when_it_was_altered(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    path = plan.path
    plan.close()
    again = Store.open(path, now)
    assert again.snapshots.content(snapshot.id)[0] == snapshot
    with again.beside_the_ledger() as cursor:
        cursor.execute("UPDATE z.snapshot SET content = replace(content, 'trägt', 'klemmt')")
    with pytest.raises(SnapshotDamaged):
        frozen_paper(again, snapshot.id, by=me)
    again.close()


def test_nothing_is_frozen_for_a_sitting_that_was(plan: Store, me: Person, now: datetime) -> None:
    with pytest.raises(SittingIsOver) as refused:
        freeze(plan, "SI-1", by=me, at=now, today=date(2026, 12, 11))
    assert refused.value.data == {"held_on": date(2026, 12, 10), "today": date(2026, 12, 11)}
    assert plan.snapshots.all() == []


def test_a_committee_sees_papers_of_public_sittings_only(plan: Store, me: Person, now: datetime, today: date) -> None:
    add_record(plan, a_sitting(id="SI-2", public=False), by=me, at=now)
    open_, closed = (freeze(plan, of, by=me, at=now, today=today).id for of in ("SI-1", "SI-2"))
    assert {one.id for one in snapshots_to_see(plan, by=me)} == {open_, closed}
    assert {one.id for one in snapshots_to_see(plan, by=COUNCILLOR)} == {open_}
    assert frozen_paper(plan, open_, by=COUNCILLOR)[1].head.title == "Zukunftsplan: Stand der Umsetzung"
    with pytest.raises(RecordNotFound):
        frozen_paper(plan, closed, by=COUNCILLOR)
    with pytest.raises(NotAllowed):
        freeze(plan, "SI-1", by=COUNCILLOR, at=now, today=today)


def test_what_is_confidential_is_not_in_the_public_variant_whoever_reads_it(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    add_record(plan, a_follow_up(id="FU-2", text="Nur für den Beirat.", confidential=True), by=me, at=now)
    frozen = freeze(plan, "SI-1", by=me, at=now, today=today).id
    assert "Nur für den Beirat." in frozen_paper(plan, frozen, by=me)[1].model_dump_json()
    for by, public in ((me, True), (COUNCILLOR, False), (COUNCILLOR, True)):
        shown = frozen_paper(plan, frozen, by=by, public=public)[1]
        assert "Nur für den Beirat." not in shown.model_dump_json()
        assert [item.id for item in shown.follow_ups] == ["FU-1"]


def test_a_sitting_that_is_not_public_has_no_public_variant(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    add_record(plan, a_sitting(id="SI-2", public=False), by=me, at=now)
    closed = freeze(plan, "SI-2", by=me, at=now, today=today)
    assert not frozen_paper(plan, closed.id, by=me)[1].head.public
    for ask in (frozen_paper, make_package):
        with pytest.raises(NotPublic):
            ask(plan, closed.id, by=me, public=True)


def test_one_goal_that_is_not_in_the_paper_is_refused_by_its_name(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    for goal_id in (None, "Z-GIBTESNICHT"):
        with pytest.raises(RecordNotFound):
            make_package(plan, snapshot.id, by=me, mode=Mode.one_goal, goal_id=goal_id)


def test_the_package_of_a_snapshot_is_the_same_each_time_and_lists_its_files(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    made = make_package(plan, snapshot.id, by=me)
    assert zipped(made) == zipped(make_package(plan, snapshot.id, by=me))
    endings = [name.rpartition(".")[2] for name in made.files]
    assert endings == ["pdf", "docx", "pptx", "xlsx", "html", "json", "csv", "json"]
    described = json.loads(made.files["paket.json"])
    named = [file["fileName"] for file in (described["mainFile"], *described["auxiliaryFile"])]
    assert named == [name for name in made.files if name != "paket.json"]


def test_the_next_paper_says_what_has_changed_and_what_became_of_the_last_decisions(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    freeze(plan, "SI-1", by=me, at=now, today=today)
    add_record(plan, a_sitting(id="SI-2", held_on=date(2027, 3, 4)), by=me, at=now)
    record_reading(plan, a_reading(2025, 9.5), by=me, at=now, today=today)
    settled = a_follow_up(state=FollowUpState.done, result="Erledigt.", done_on=today, target_id="T-I-ALQ")
    revise_record(plan, settled, 1, by=me, at=now, reason="erledigt")
    sitting = next(one for one in plan.records(type(a_sitting())) if one.id == "SI-2")
    paper = drafted(plan, sitting, by=me, at=now, today=today)
    assert paper.goals[0].course_before is not None
    assert paper.goals[0].course is not paper.goals[0].course_before
    assert [change.split(":")[0] for change in paper.changes] == ["Resilienter Standort hat sich verschlechtert"]
    assert [(item.state, item.result) for item in paper.follow_ups] == [("erledigt", "Erledigt.")]


def test_a_decided_target_is_changed_with_the_decision_as_its_reason(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    (target,) = plan.records(Target)
    changed = target.model_copy(update={"demand": target.demand.model_copy(update={"value": 7.5})})
    with pytest.raises(NothingChanged):
        apply_decision(plan, "FU-1", target, 1, by=me, at=now, today=today)
    with pytest.raises(SomebodyElseWasFaster):
        apply_decision(plan, "FU-1", changed, 4, by=me, at=now, today=today)
    assert apply_decision(plan, "FU-1", changed, 1, by=me, at=now, today=today) == 2
    (entry, *_) = plan.history(kind="target", identifier=target.id)
    assert entry.change.reason == "Beschluss „Zielwert anpassen“, Ausschuss für Wirtschaft am 10.12.2026"
    own, *_ = plan.history(kind="follow_up", identifier="FU-1")
    assert own.change.number == entry.change.number, "one change writes both"
    (settled,) = plan.records(FollowUp)
    assert (settled.state, settled.done_on, settled.target_id) == (FollowUpState.done, today, target.id)
    with pytest.raises(FollowUpSettled):
        apply_decision(plan, "FU-1", changed, 2, by=me, at=now, today=today)


def test_what_would_give_single_firms_away_is_in_no_public_paper(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    """A part with one firm, the part that makes up for it, one with a large contributor, one that is confidential."""
    parts = {"I-A": (1.0, None), "I-B": (40.0, None), "I-C": (9.0, None), "I-D": (70.0, 0.9), "I-E": (5.0, None)}
    made = {"total_id": "I-S", "goal_ids": ("Z-R",), "counts_units": True, "unit": "Betriebe"}
    add_record(plan, an_indicator(id="I-S", goal_ids=("Z-R",), unit="Betriebe", title="Ansiedlungen"), by=me, at=now)
    for identifier, (value, share) in {"I-S": (50.0, None), **parts}.items():
        own = {"I-D": {"total_id": None, "unit": "Tsd. EUR"}, "I-E": {"total_id": None, "confidential": True}}
        if identifier != "I-S":
            record = an_indicator(id=identifier, title=f"Betriebe {identifier}", **(made | own.get(identifier, {})))
            add_record(plan, record, by=me, at=now)
        reading = a_reading(2024, value, id=f"R-{identifier}", indicator_id=identifier, largest_share=share)
        record_reading(plan, reading, by=me, at=now, today=today)
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    whole, public = (
        {line.id: line for line in frozen_paper(plan, snapshot.id, by=me, public=shown)[1].indicators}
        for shown in (False, True)
    )
    assert {identifier: whole[identifier].actual for identifier in ("I-S", *parts)} == {
        "I-S": 50.0,
        **{identifier: value for identifier, (value, _) in parts.items()},
    }
    assert "I-E" not in public
    told = {identifier: public[identifier].actual for identifier in ("I-S", "I-A", "I-B", "I-C", "I-D")}
    assert told == {"I-S": 50.0, "I-A": None, "I-B": 40.0, "I-C": None, "I-D": None}
    files = make_package(plan, snapshot.id, by=me, public=True).files
    data = next(content for name, content in files.items() if name.endswith(".json") and name != "paket.json")
    assert b"I-E" not in data
    judged = assess_plan(plan, today).indicators.values()
    assert not_for_the_public(plan, judged, by=COUNCILLOR, language="de") == {"I-A", "I-C", "I-D", "I-E"}


def test_a_confidential_measure_is_in_no_public_paper(plan: Store, me: Person, now: datetime, today: date) -> None:
    secret = a_measure(id="M-X", title="Verhandlung mit der Nordstern AG", goal_ids=("Z-R",), confidential=True)
    for record in (secret, a_measure(id="M-Y", title="Gründerzentrum", goal_ids=("Z-R",))):
        add_record(plan, record, by=me, at=now)
    snapshot = freeze(plan, "SI-1", by=me, at=now, today=today)
    whole, public = (frozen_paper(plan, snapshot.id, by=me, public=shown)[1] for shown in (False, True))
    assert [measure.id for measure in whole.goals[0].measures] == ["M-X", "M-Y"]
    assert [measure.id for measure in public.goals[0].measures] == ["M-Y"]
    assert "Nordstern" not in public.model_dump_json()


@pytest.mark.parametrize("goal_ids", [(), ("Z-ENDE",)])
def test_a_confidential_measure_that_stands_on_no_page_is_named_in_no_public_paper(
    plan: Store, me: Person, now: datetime, today: date, goal_ids: tuple[str, ...]
) -> None:
    """Its work counts in the quarters and its name may have been typed, though no goal's page has it."""
    ended = a_goal(id="Z-ENDE", title="Ein Ziel von gestern", state=GoalState.abandoned)
    secret = a_measure(id="M-X", title="Verhandlung mit der Nordstern AG", goal_ids=goal_ids, confidential=True)
    told = a_sitting(id="SI-2", facts="Zur Verhandlung mit der Nordstern AG wird berichtet.")
    demands = (a_resource_demand(measure_id="M-X"), a_resource_demand(id="RB-2", measure_id="M-Y"))
    measures = (secret, a_measure(id="M-Y", title="Gründerzentrum", goal_ids=("Z-R",)))
    for record in (ended, *measures, a_capacity_group(), *demands, told):
        add_record(plan, record, by=me, at=now)
    snapshot = freeze(plan, "SI-2", by=me, at=now, today=today)
    whole, public = (frozen_paper(plan, snapshot.id, by=me, public=shown)[1] for shown in (False, True))
    assert whole.resources and {one.measure_id for one in whole.resources.measures} == {"M-X", "M-Y"}
    assert public.resources and public.resources.measures == (), "less that of the other it would be its own"
    for shown in (public, on_the_wall(whole)):
        assert "Nordstern" not in shown.model_dump_json()
    assert "Nordstern" in whole.model_dump_json()


def test_the_walk_through_one_goal_knows_what_is_secret_of_another(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    secret = a_measure(id="M-X", title="Verhandlung mit der Nordstern AG", goal_ids=("Z-2",), confidential=True)
    text = GoalText(goal_id="Z-R", assessment="Es hängt an der Verhandlung mit der Nordstern AG.")
    for record in (a_goal(id="Z-2", title="Zweites Ziel"), secret, a_sitting(id="SI-2", goal_texts=(text,))):
        add_record(plan, record, by=me, at=now)
    snapshot = freeze(plan, "SI-2", by=me, at=now, today=today)
    files = make_package(plan, snapshot.id, by=me, mode=Mode.one_goal, goal_id="Z-R").files
    walked = next(content for name, content in files.items() if name.endswith(".html")).decode()
    assert "Resilienter Standort" in walked and "Nordstern" not in walked
    data = next(content for name, content in files.items() if name.endswith("one_goal.json")).decode()
    assert "Nordstern" in data, "whoever may read it has the whole text in the paper"


def test_work_by_measure_and_money_by_goal_stand_in_the_paper(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    money = a_money_line(year=2026, planned=30_000, spent=12_000, committed=None)
    measure = a_measure(goal_ids=("Z-R",))
    for record in (measure, a_capacity_group(), a_resource_demand(), a_funding_pot(), money):
        add_record(plan, record, by=me, at=now)
    found = drafted(plan, a_sitting(), by=me, at=now, today=today).resources
    assert found
    (load,) = found.measures
    assert (load.measure_id, load.title) == ("M-15", "Leerstandsmanagement Innenstadt")
    assert [demand > 0 for demand in load.demand] == [quarter.demand > 0 for quarter in found.quarters]
    assert load.demand == pytest.approx([quarter.demand for quarter in found.quarters])
    assert [(line.goal_id, line.planned, line.spent) for line in found.money] == [
        ("Z-R", 30_000, 12_000),
        (None, 30_000, 12_000),
    ]


def test_what_is_far_from_its_plan_waits_for_a_comment_until_the_office_has_written_one(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    silent, sitting = a_sitting(id="SI-2"), plan.records(Sitting)[0]
    costly = a_money_line(year=2026, planned=30_000, spent=90_000, pot_id=None, committed=None)
    for record in (a_plan(), a_measure(goal_ids=("Z-R",)), costly):
        add_record(plan, record, by=me, at=now)
    assert drafted(plan, silent, by=me, at=now, today=today).goals[0].uncommented == ()
    revise_record(plan, a_plan(comment_share=0.05, comment_amount=50_000), 1, by=me, at=now, reason="vereinbart")
    paper = drafted(plan, silent, by=me, at=now, today=today)
    assert paper.goals[0].uncommented == ("Arbeitslosenquote", "Leerstandsmanagement Innenstadt")
    assert paper.basis.comment_rule == (
        "Zu erläutern ist jeder Wert, der um mehr als 5 % vom Plan abweicht. "
        "Zu erläutern ist jede Maßnahme, die um mehr als 50.000 € teurer ist als geplant."
    ).replace("5 %", percent(0.05, "de")).replace("50.000 €", euros(50_000, "de"))
    assert drafted(plan, sitting, by=me, at=now, today=today).goals[0].uncommented == ()


def test_where_the_cause_lies_stands_before_the_assessment(plan: Store, me: Person, now: datetime, today: date) -> None:
    for influence, typed, told in (
        (Influence.outside, "Die Zinsen.", "Die Ursache liegt außerhalb des Einflusses der Stadt. Die Zinsen."),
        (Influence.own, None, "Die Ursache liegt im Einfluss der Stadt."),
        (None, "Die Zinsen.", "Die Zinsen."),
    ):
        text = GoalText(goal_id="Z-R", influence=influence, assessment=typed)
        (goal,) = drafted(plan, a_sitting(goal_texts=(text,)), by=me, at=now, today=today).goals
        assert (goal.assessment, goal.commented) == (told, typed is not None)


def test_what_is_said_of_a_sub_goal_stands_under_its_name_at_the_goal_above(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    below = a_goal(id="Z-R2", title="Digitalisierung", level=GoalLevel.operative, parent_ids=("Z-R",))
    add_record(plan, below, by=me, at=now)
    texts = (
        GoalText(goal_id="Z-R", assessment="Es trägt."),
        GoalText(goal_id="Z-R2", influence=Influence.own, assessment="Es stockt.", consequence="Personal suchen."),
    )
    (goal,) = drafted(plan, a_sitting(goal_texts=texts), by=me, at=now, today=today).goals
    assert goal.assessment == ("Es trägt.\n\nDigitalisierung: Die Ursache liegt im Einfluss der Stadt. Es stockt.")
    assert goal.consequence == "Digitalisierung: Personal suchen."
    (goal,) = drafted(plan, a_sitting(goal_texts=texts[1:]), by=me, at=now, today=today).goals
    assert goal.commented


def test_a_target_on_another_scale_is_told_in_words_and_not_as_a_difference(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    (target,) = plan.records(Target)
    level = AgainstBenchmark(relation=Relation.equal, territory="NRW", due="2028")
    for year in range(2019, 2025):
        record_reading(plan, a_comparison(year, 7.5), by=me, at=now, today=now.date())
    revise_record(plan, target.model_copy(update={"demand": level}), 1, by=me, at=now, reason="gleichauf")
    (line,) = drafted(plan, a_sitting(), by=me, at=now, today=today).indicators
    assert (line.baseline, line.expected, line.target, line.path) == (None, None, None, ())
    assert line.target_told and "NRW" in line.target_told
    assert line.actual == 8.0


def test_where_the_target_alone_is_an_example_the_values_are_not_called_one(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    (target,) = plan.records(Target)
    invented = target.model_copy(update={"evidence": Evidence.illustrative, "note": "Beispielwert"})
    revise_record(plan, invented, 1, by=me, at=now, reason="Vorführung")
    told = {"by": me, "at": now, "today": today, "include_illustrative": True}
    (line,) = draft_paper(plan, a_sitting(), plan_to_draft_from(plan, **told), by=me).indicators  # type: ignore[arg-type]
    assert (line.illustrative, line.example_target) == (True, True)
    assert "(Zielwert: Beispiel" in indicator_title(line, "de")


def test_a_report_and_a_paper_on_one_goal_say_nothing_of_points_that_they_do_not_show(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    points = (ProposedDecision(text="A", amount=50_000), ProposedDecision(text="B", amount=7, indicator_id="I-ALQ"))
    paper = drafted(plan, a_sitting(decisions=points, climate="Keine."), by=me, at=now, today=today)
    report, one = in_mode(paper, Mode.report), in_mode(paper, Mode.one_goal, "Z-R")
    assert (report.finances, report.head.role, report.decisions) == ("", SittingRole.noting, ())
    assert one.finances == f"Beschlusspunkt 2: {euros(7, 'de')}"
    own = paper.model_copy(update={"finances": "Selbst geschrieben."})
    assert in_mode(own, Mode.report).finances == "Selbst geschrieben."


def test_money_that_comes_from_no_pot_is_said(plan: Store, me: Person, now: datetime, today: date) -> None:
    money = a_money_line(year=2027, planned=30_000, pot_id=None, committed=None)
    for record in (a_measure(goal_ids=("Z-R",)), a_capacity_group(), a_funding_pot(), money):
        add_record(plan, record, by=me, at=now)
    found = drafted(plan, a_sitting(), by=me, at=now, today=today).resources
    assert found and [(line.title, line.year, line.planned) for line in found.money] == [("keiner", 2027, 30_000)]


def test_what_a_result_said_before_the_target_was_changed_stays(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    revise_record(plan, a_follow_up(result="Vertagt."), 1, by=me, at=now, reason="vertagt")
    (target,) = plan.records(Target)
    apply_decision(plan, "FU-1", target.model_copy(update={"decided_by": "Rat"}), 1, by=me, at=now, today=today)
    (settled,) = plan.records(FollowUp)
    assert settled.result == "Vertagt. Der Zielwert ist geändert."


def test_a_target_whose_last_value_is_too_old_is_told_and_not_judged(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    years_later = today.replace(year=today.year + 6)
    sitting = plan.records(Sitting)[0].model_copy(update={"held_on": years_later})
    (goal,) = drafted(plan, sitting, by=me, at=now, today=years_later).goals
    (line,) = goal.indicators
    assert (line.actual, line.target, line.share, line.course) == (8.0, 7.0, None, None)
    assert line.target_told
    assert line.reason == "Der letzte Wert ist zu alt, um ihn am Zielwert zu messen."


def test_the_next_paper_says_with_which_it_was_compared(plan: Store, me: Person, now: datetime, today: date) -> None:
    first = plan.records(Sitting)[0]
    assert drafted(plan, first, by=me, at=now, today=today).basis.compared_with is None
    freeze(plan, first.id, by=me, at=now, today=today)
    following = a_sitting(id="SI-2", held_on=date(2027, 3, 10))
    assert drafted(plan, following, by=me, at=now, today=today).basis.compared_with == first.held_on


def test_what_the_decisions_cost_stands_under_finances_until_the_office_writes_its_own(
    plan: Store, me: Person, now: datetime, today: date
) -> None:
    points = (ProposedDecision(text="A"), ProposedDecision(text="B", amount=50_000, product="15.01"))
    found = drafted(plan, a_sitting(decisions=points), by=me, at=now, today=today)
    assert found.finances == f"Beschlusspunkt 2: {euros(50_000, 'de')} (Produkt 15.01)"
    own = drafted(plan, a_sitting(decisions=points, finances="Keine."), by=me, at=now, today=today)
    assert own.finances == "Keine."


def test_work_that_one_group_lacks_is_missing_whatever_another_has_to_spare() -> None:
    quarter = QuarterLoad(label="1. Quartal 2027", demand=8.6, capacity=13.0, short=0.7)
    assert quarter.missing == 0.7
    assert QuarterLoad(label="2", demand=9.0, capacity=8.0).missing == 1.0
    assert QuarterLoad(label="3", demand=0.5, capacity=8.0, short=0.9).missing == 0.5
    assert overload_told([quarter], "de") == "Der Personalbedarf liegt in 1 von 1 Quartalen über der Kapazität"
