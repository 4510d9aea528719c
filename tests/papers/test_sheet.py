"""What the PDF says and where: words and numbers written for its language, nothing left out in silence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from metrics.domain.progress.outcome import Course
from metrics.papers.model import IndicatorLine, MeasureLoad, Paper, QuarterLoad, RankedMeasure, Resources
from metrics.papers.modes import Mode
from metrics.papers.sheet import sheet
from metrics.papers.sheet.charts import FURTHEST_LEFT, RIGHT_END, bullet_sentence, bullets, columns, matrix, spark
from metrics.papers.sheet.lines import LONGEST_ALT_TEXT, alt_text, flat, prose, shortened
from metrics.papers.sheet.rest import MOST_LOADS
from tests.papers.hostile import bare_paper
from tests.papers.samples import a_head, a_paper, large_paper, some_goals

CHECKSUM = "0123456789abcdef" * 4


def told(paper: Paper, mode: Mode = Mode.full, goal_id: str | None = None) -> dict[str, Any]:
    return sheet(paper, mode, goal_id, CHECKSUM)


def an_indicator(**over: Any) -> IndicatorLine:
    said: dict[str, Any] = {
        "id": "K1",
        "title": "Vakanzzeit",
        "unit": "Tage",
        "territory": "Bottrop",
        "rising_is_better": False,
        "decimals": 0,
        "baseline": 1280.0,
        "expected": 1080.0,
        "actual": 1410.0,
        "target": 950.0,
        "share": -0.39,
        "expected_share": 0.61,
        "course": Course.thunderstorm,
    }
    return IndicatorLine(**said | over)


def drawn(lines: Sequence[IndicatorLine], most: int = 10) -> dict[str, Any]:
    chart = bullets(lines, most, "de")
    assert chart is not None
    return chart


# --- numbers and words ------------------------------------------------------------------------------------------------


def test_numbers_are_written_in_german() -> None:
    bar = drawn((an_indicator(),))["bars"][0]
    assert bar["labels"] == {"start": "Start 1.280", "plan": "Plan 1.080", "target": "Ziel 950"}
    assert bar["told"] == "1.410"


def test_a_missing_value_is_no_zero_and_says_why() -> None:
    line = an_indicator(id="K2", actual=None, share=None, course=None, reason="Noch nicht erhoben.")
    bar = drawn((an_indicator(), line))["bars"][1]
    assert (bar["share"], bar["told"], bar["without"]) == (None, "kein Wert", "Noch nicht erhoben.")
    assert bullet_sentence(line, "de") == "Vakanzzeit: kein Wert, Noch nicht erhoben."


def test_a_course_is_a_sign_and_a_word_besides_its_colour() -> None:
    mark = drawn((an_indicator(),))["bars"][0]["mark"]
    assert (mark["sign"], mark["word"]) == ("◆", "keine Bewegung zum Ziel hin")


def test_invented_values_wear_their_badge_in_both_tables() -> None:
    goal = a_paper().goals[0].model_copy(update={"indicators": (an_indicator(illustrative=True),)})
    said = told(a_paper(goals=(goal,)))
    assert said["goals"][0]["table"]["rows"][0][0]["beside"] == "Tage · Beispielwert"
    assert said["annex"]["table"]["rows"][0][0]["beside"] == "Bottrop · Beispielwert"


def test_a_target_in_words_is_told_in_words() -> None:
    goal = a_paper().goals[0].model_copy(update={"indicators": (an_indicator(target=None, target_told="halbieren"),)})
    assert told(a_paper(goals=(goal,)))["goals"][0]["table"]["rows"][0][4] == "halbieren"


def test_the_page_says_where_it_stands_in_words_around_two_numbers() -> None:
    assert told(a_paper())["document"]["page"] == ["Seite ", " von ", ""]


# --- the first page ---------------------------------------------------------------------------------------------------


def test_the_tiles_count_every_indicator_once() -> None:
    tiles = told(a_paper())["front"]["summary"]["tiles"]
    assert [tile["number"] for tile in tiles] == ["1", "1", "1", "1", "1"]
    assert [tile["sign"] for tile in tiles] == ["●", "■", "▲", "◆", "○"]


def test_the_tiles_of_the_deviations_still_count_the_whole_plan() -> None:
    assert told(a_paper(), Mode.deviations)["front"]["summary"]["tiles"] == told(a_paper())["front"]["summary"]["tiles"]


def test_an_extract_says_that_it_is_one() -> None:
    goal = a_paper().goals[0]
    assert told(a_paper())["front"]["notice"] == ""
    deviations = told(a_paper(), Mode.deviations)
    assert "nur Abweichungen: 2 von 5 Indikatoren" in deviations["front"]["notice"]
    assert "1 ist nicht bewertbar" in deviations["front"]["notice"]
    assert len(deviations["annex"]["table"]["rows"]) == 5, "whatever the version leaves out stands in the annex"
    assert f"nur das Ziel „{goal.title}“" in told(a_paper(), Mode.one_goal, goal.id)["front"]["notice"]


def test_every_page_of_a_paper_that_is_not_public_says_so() -> None:
    heads = {public: told(a_paper(head=a_head(public=public)))["document"]["running"][0] for public in (True, False)}
    assert heads[False] == f"{heads[True]} · nichtöffentlich"


def test_a_point_to_decide_names_amount_product_and_indicator() -> None:
    line = a_paper().indicators[0]
    decision = (
        a_paper().decisions[0].model_copy(update={"amount": 45_000.0, "product": "15.01.01", "indicator_id": line.id})
    )
    note = told(a_paper(decisions=(decision,)))["front"]["proposal"]["points"][0]["note"]
    assert note == f"Betrag: 45.000\u202f€ · Produkt: 15.01.01 · Indikator: {line.title}"


def test_a_report_is_taken_note_of_and_decides_nothing() -> None:
    said = told(a_paper(), Mode.report)
    assert said["front"]["proposal"]["title"] == "Kenntnisnahme"
    assert said["front"]["proposal"]["points"] == []
    assert said["decisions"] is None


def test_a_paper_without_its_way_through_committees_names_its_own() -> None:
    rows = told(a_paper(head=a_head(consultations=())))["front"]["consultations"]["rows"]
    assert [row[0] for row in rows] == [a_head().committee]


# --- what is not there ------------------------------------------------------------------------------------------------


def test_a_bare_plan_says_of_each_part_that_it_is_not_there() -> None:
    said = told(bare_paper())
    assert said["labs"]["without"] == "Zu diesem Plan gehören noch keine Reallabore."
    assert said["priorities"]["without"] == "Für diesen Plan gibt es noch keine Priorisierungsrunde."
    assert said["resources"]["without"] == "Für diesen Plan sind noch keine Ressourcen erfasst."
    assert said["decisions"]["without"] == "Es ist kein Beschluss vorgeschlagen."
    assert said["follow_ups"]["without"] == "Aus früheren Sitzungen ist nichts offen oder zu berichten."
    assert (said["glance"]["goals"], said["glance"]["no_goals"]) == (None, "Dieser Plan hat noch keine Ziele.")


def test_a_goal_without_anything_says_so() -> None:
    empty = (
        a_paper()
        .goals[0]
        .model_copy(update={"indicators": (), "measures": (), "assessment": "", "consequence": "", "owner": None})
    )
    goal = told(a_paper(goals=(empty,)))["goals"][0]
    assert goal["no_indicators"] == "Zu diesem Ziel gehören noch keine Indikatoren."
    assert goal["no_measures"] == "Zu diesem Ziel gehören noch keine Maßnahmen."
    assert goal["assessment"] == [["Die Verwaltung hat noch keine Bewertung geschrieben."]]
    assert goal["consequence"] == [["Eine Folgerung ist noch nicht festgehalten."]]
    assert goal["meta"].startswith("Verantwortlich: nicht benannt")


def test_deviations_without_any_deviation_say_so() -> None:
    said = told(a_paper(goals=()), Mode.deviations)
    assert said["glance"]["no_goals"] == "Kein Ziel und kein Indikator weicht ab."


def test_an_extract_on_one_goal_does_not_claim_that_the_rest_is_missing() -> None:
    said = told(a_paper(ranking=None), Mode.one_goal, a_paper().goals[0].id)
    absent = ("glance", "labs", "priorities", "resources", "follow_ups")
    assert {part: said[part] for part in absent} == dict.fromkeys(absent)


def test_what_the_public_may_not_see_is_counted_in_the_annex() -> None:
    notes = told(a_paper(withheld=3))["annex"]["notes"]
    assert "3 Angaben sind nicht öffentlich und fehlen in dieser Fassung." in notes


def test_the_checksum_of_the_data_is_printed_whole() -> None:
    assert "".join(told(a_paper())["annex"]["digest"]) == CHECKSUM


def test_measures_beyond_the_list_are_counted() -> None:
    ranking = a_paper().ranking
    assert ranking is not None
    rows = tuple(RankedMeasure(rank=n, measure_id=f"M{n}", title=f"Maßnahme {n}", utility=1.0) for n in range(1, 31))
    said = told(a_paper(ranking=ranking.model_copy(update={"rows": rows})))["priorities"]
    assert len(said["table"]["rows"]) == 20
    assert said["more"] == "10 weitere Maßnahmen stehen in den angehängten Daten."
    assert (said["chart"], said["no_chart"]) == (
        None,
        "Wirkung und Aufwand wurden nicht bewertet; es gibt keine Matrix.",
    )


# --- charts -----------------------------------------------------------------------------------------------------------


def test_a_worsening_runs_left_of_the_start() -> None:
    chart = drawn((an_indicator(),))
    assert chart["left"] < chart["bars"][0]["share"] == -0.39 < 0


def test_a_share_beyond_the_scale_ends_at_its_edge_and_is_marked() -> None:
    far = (an_indicator(id="K1", share=-7.0), an_indicator(id="K2", share=9.0))
    chart = drawn(far, 10)
    assert [(bar["share"], bar["beyond"]) for bar in chart["bars"]] == [(FURTHEST_LEFT, True), (RIGHT_END, True)]


def test_of_many_indicators_those_that_lag_most_are_drawn_in_the_order_of_the_paper() -> None:
    courses = (Course.sun, Course.thunderstorm, Course.sun_cloud, Course.cloud, None)
    lines = tuple(an_indicator(id=f"K{n}", title=f"Nr. {n}", course=course) for n, course in enumerate(courses))
    chart = drawn(lines, 2)
    assert [bar["name"] for bar in chart["bars"]] == ["Nr. 1", "Nr. 3"]
    assert "Gezeigt: 2 von 5 Indikatoren, die mit dem größten Rückstand." in chart["caption"]


def test_some_indicators_without_a_way_show_why_they_have_no_bar() -> None:
    lines = (an_indicator(id="K1"), an_indicator(id="K2", share=None, reason="Kein Zielwert."))
    chart = drawn(lines, 10)
    assert [bar["without"] for bar in chart["bars"]] == ["", "Kein Zielwert."]


def test_many_indicators_without_a_way_are_left_to_the_table() -> None:
    lines = (an_indicator(id="K0"), *(an_indicator(id=f"K{n}", share=None) for n in range(1, 9)))
    chart = drawn(lines, 10)
    assert len(chart["bars"]) == 1
    assert "Gezeigt: 1 von 9 Indikatoren, alle mit berechenbarem Weg." in chart["caption"]


def test_without_any_way_there_is_no_chart_but_a_sentence() -> None:
    goal = a_paper().goals[0].model_copy(update={"indicators": (an_indicator(share=None),)})
    said = told(a_paper(goals=(goal,)))
    assert (said["goals"][0]["chart"], said["glance"]["chart"]) == (None, None)
    assert said["glance"]["no_chart"] == "Von keinem Indikator ist der Weg vom Start zum Ziel berechenbar."
    assert len(said["goals"][0]["table"]["rows"]) == 1


def test_a_first_report_says_that_there_is_nothing_to_compare_with() -> None:
    first = a_paper().goals[0].model_copy(update={"course_before": None})
    later = first.model_copy(update={"course_before": Course.sun})
    assert told(a_paper(goals=(first,)))["glance"]["no_changes"] == "Es gibt keinen früheren Bericht zum Vergleich."
    assert told(a_paper(goals=(later,)))["glance"]["no_changes"] == "Seit dem letzten Bericht hat sich nichts geändert."


def test_a_gap_interrupts_the_line_of_a_series() -> None:
    line = next(line for line in a_paper().indicators if any(point.value is None for point in line.points))
    drawn = spark(line)
    assert drawn is not None
    assert sum(map(len, drawn["pieces"])) == sum(point.value is not None for point in line.points)
    assert len(drawn["pieces"]) == 2


def test_a_single_value_is_no_series() -> None:
    line = a_paper().indicators[0]
    assert spark(line.model_copy(update={"points": line.points[:1]})) is None


def test_what_goes_beyond_the_capacity_stands_on_top_of_what_is_covered() -> None:
    column = columns((QuarterLoad(label="Q1", demand=4.0, capacity=3.0),), "de")["columns"][0]
    assert column["covered"] == column["capacity"]
    assert column["beyond"] == pytest.approx(column["covered"] / 3, abs=1e-3)


def test_no_demand_and_no_capacity_still_make_a_chart() -> None:
    resources = Resources(sentence="", quarters=(QuarterLoad(label="Q1", demand=0.0, capacity=0.0),))
    chart = told(a_paper(resources=resources))["resources"]["chart"]
    assert (chart["columns"][0]["covered"], chart["columns"][0]["beyond"]) == (0.0, 0.0)


def test_the_work_of_each_measure_is_shaded_by_how_much_it_is_and_written() -> None:
    table = told(a_paper())["resources"]["heat"]
    assert table["columns"] == ["Maßnahme", "4. Quartal 2026", "1. Quartal 2027", "2. Quartal 2027", "3. Quartal 2027"]
    first, second = table["rows"]
    assert first[0]["text"] == "Nachbetreuung der Reallabore"
    assert second[0]["beside"] == "Beispielwert"
    assert (second[1], second[4]) == ({"text": "2,1", "shade": 1.0}, "–")
    assert first[1]["shade"] == pytest.approx(2 / 2.05, abs=1e-3)


def test_measures_that_ask_for_less_stand_together_and_the_columns_add_up() -> None:
    measures = tuple(MeasureLoad(measure_id=f"M{n}", title=f"M{n}", demand=(30.0 - n,)) for n in range(20))
    quarter = QuarterLoad(label="Q1", demand=sum(one.demand[0] for one in measures), capacity=3)
    rows = told(a_paper(resources=Resources(sentence="", quarters=(quarter,), measures=measures)))["resources"]["heat"]
    assert len(rows["rows"]) == MOST_LOADS + 1
    assert rows["rows"][-1] == ["8 weitere Maßnahmen", "116,0"]


def test_a_goal_without_a_comment_says_what_has_to_be_commented_on() -> None:
    goal = some_goals()[0]
    line, measure = goal.indicators[0], goal.measures[0]
    asked = goal.model_copy(
        update={
            "indicators": (line.model_copy(update={"to_comment": True}),),
            "measures": (measure.model_copy(update={"to_comment": True}),),
        }
    )
    told_of = {
        commented: told(a_paper(goals=(asked.model_copy(update={"commented": commented}),)))["goals"][0]["assessment"]
        for commented in (True, False)
    }
    assert told_of[False] == [*told_of[True], [f"Noch nicht erläutert: {line.title}; {measure.title}."]]


def test_measures_rated_alike_stand_beside_each_other() -> None:
    rows = [RankedMeasure(rank=n, measure_id=f"M{n}", title="M", utility=1.0, effort=3, impact=5) for n in (1, 2, 3)]
    chart = matrix(rows, "de")
    assert chart is not None
    assert [point["neighbours"] for point in chart["points"]] == [0, 1, 2]


def test_the_middle_rating_stands_in_the_middle() -> None:
    rows = [
        RankedMeasure(rank=n, measure_id=f"M{n}", title="M", utility=1.0, effort=value, impact=value)
        for n, value in enumerate((1, 3, 5), start=1)
    ]
    chart = matrix(rows, "de")
    assert chart is not None
    assert [point["across"] for point in chart["points"]] == [0.1, 0.5, 0.9]


def test_alternative_texts_are_sentences_that_a_listener_bears() -> None:
    texts = list(_alt_texts(told(large_paper(20, 300, 200))))
    assert len(texts) >= 3
    assert max(map(len, texts)) <= LONGEST_ALT_TEXT
    assert {text[-1] for text in texts} == {"."}


def test_an_alternative_text_that_is_too_long_says_where_the_rest_stands() -> None:
    text = alt_text(["Ein Satz von vielen. "] * 60, "Der Rest steht in der Tabelle.")
    assert text.startswith("Ein Satz") and text.endswith("Der Rest steht in der Tabelle.")
    assert len(text) <= LONGEST_ALT_TEXT


# --- lines ------------------------------------------------------------------------------------------------------------


def test_a_word_without_end_may_be_broken_but_loses_nothing() -> None:
    assert flat("x" * 100).replace("\u200b", "") == "x" * 100
    assert max(map(len, flat("x" * 100).split("\u200b"))) == 18


def test_words_of_usual_length_stay_whole() -> None:
    assert flat(" Wirtschaftsförderungs-\ngesellschaft  Bottrop ") == "Wirtschaftsförderungs- gesellschaft Bottrop"


def test_empty_lines_part_paragraphs() -> None:
    assert prose("eins\nzwei\n\n \n\ndrei\n") == [["eins", "zwei"], ["drei"]]


def test_a_text_is_cut_between_words() -> None:
    assert shortened("Das Netzwerk wächst, schneller als geplant", 22) == "Das Netzwerk wächst …"


def test_the_sheet_is_plain_data_without_endless_numbers() -> None:
    assert json.loads(json.dumps(told(a_paper()), allow_nan=False)) == told(a_paper())


def _alt_texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["alt"]] if "alt" in part else []
        return own + [text for inner in part.values() for text in _alt_texts(inner)]
    return [text for inner in part for text in _alt_texts(inner)] if isinstance(part, list) else []
