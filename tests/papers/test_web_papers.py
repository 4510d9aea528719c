"""The offline presentation and the public site: whole, safe, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from posixpath import dirname, join, normpath
from typing import Any

import pytest

from metrics.locale.catalogue import translate
from metrics.locale.formats import quantity
from metrics.locale.words import course_meaning
from metrics.papers.html import offline_html
from metrics.papers.licences import Licence
from metrics.papers.model import GoalPage, MeasureLine, Paper, PathPoint, PointLine
from metrics.papers.periods import period_of
from metrics.papers.public import for_public
from metrics.papers.site import public_site
from tests.papers.samples import a_basis, a_head, a_paper, large_paper, some_goals, year_points
from tests.papers.web_hostile import HOSTILE, Elements, hostile

ELEMENTS = (
    "html head meta title style body script main header footer nav section h1 h2 h3 p ul ol li a div span small b "
    "button details summary table caption thead tbody tr th td dl dt dd svg g circle line path polyline rect text "
    "dialog output"
)
ATTRIBUTES = (
    "lang charset http-equiv content name id class tabindex href rel type scope role aria-label aria-labelledby "
    "aria-hidden aria-current value focusable viewbox width height x y x1 x2 y1 y2 cx cy r rx d points fill stroke "
    "stroke-width stroke-dasharray stroke-linejoin stroke-linecap font-size font-weight text-anchor title data-beside "
    "data-places data-top data-bottom"
)
KNOWN_ELEMENTS, KNOWN_ATTRIBUTES = frozenset(ELEMENTS.split()), frozenset(ATTRIBUTES.split())


def an_empty_paper() -> Paper:
    """The paper of an office that has not begun to plan."""
    nothing: dict[str, Any] = dict.fromkeys(("decisions", "changes", "goals", "labs", "follow_ups"), ())
    nothing |= dict.fromkeys(("summary", "facts", "finances", "climate", "running_well", "stuck"), "")
    return a_paper(**nothing, ranking=None, resources=None)


def pages_of(paper: Paper) -> dict[str, bytes]:
    """Every page of both, by name."""
    pages = {name: content for name, content in public_site(paper).items() if name.endswith(".html")}
    return {"offline": offline_html(paper)} | pages


def digest(content: bytes | str) -> str:
    """As a content security policy names it."""
    raw = content.encode() if isinstance(content, str) else content
    return "'sha256-" + base64.b64encode(hashlib.sha256(raw).digest()).decode() + "'"


def test_a_page_may_load_nothing_and_run_only_its_own_style_and_script() -> None:
    for name, content in pages_of(a_paper()).items():
        page = Elements(content)
        assert page.policy.startswith("default-src 'none'; "), name
        assert f"style-src {digest(page.inside['style'])}" in page.policy, name
        assert "unsafe" not in page.policy, name
        assert "style" not in page.attributes, name
        if name == "offline":
            assert f"script-src {digest(page.inside['script'])}" in page.policy
        else:
            assert "script" not in page.names


def test_no_page_has_an_address_outside_except_the_licence() -> None:
    for name, content in pages_of(a_paper()).items():
        outside = {address for address in Elements(content).addresses if ":" in address}
        assert outside <= {"https://www.govdata.de/dl-de/zero-2-0"}, name


def test_every_link_of_the_site_leads_to_a_file_or_a_place_that_is_there() -> None:
    for paper in (a_paper(), large_paper(12, 30, 30), hostile(a_paper()), an_empty_paper()):
        site = public_site(paper)
        for name, content in site.items():
            if not name.endswith(".html"):
                continue
            page = Elements(content)
            assert len(page.ids) == len(set(page.ids)), name
            for address in page.addresses:
                path, _, place = address.partition("#")
                if "://" in address:
                    continue
                target = normpath(join(dirname(name), path)) if path else name
                assert target in site, (name, address)
                assert not place or place in Elements(site[target]).ids, (name, address)


def test_the_slides_name_each_other_by_number() -> None:
    page = Elements(offline_html(large_paper(14, 40, 20)))
    links = [address for address in page.addresses if address.startswith("#")]
    assert len(links) == 14
    assert set(links) <= {f"#{id}" for id in page.ids}
    assert sorted(map(int, (link[1:] for link in links))) == [int(link[1:]) for link in links]


@pytest.mark.parametrize("paper", [hostile(a_paper()), hostile(large_paper(3, 11, 7))], ids=["small", "larger"])
def test_hostile_texts_stay_texts(paper: Paper) -> None:
    for name, content in pages_of(paper).items():
        page = Elements(content)
        assert set(page.names) <= KNOWN_ELEMENTS, name
        assert page.attributes <= KNOWN_ATTRIBUTES, name
        assert page.names.count("script") == (1 if name == "offline" else 0)
        assert [address for address in page.addresses if "script" in address] == [], name
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]", content.decode()) is None, name
    shown = Elements(pages_of(paper)["index.html"]).text
    assert [text for text in HOSTILE[:6] if text not in shown] == []


def test_every_part_of_the_paper_is_told() -> None:
    paper = a_paper()
    site = public_site(paper)
    everything = " ".join(Elements(content).text for name, content in site.items() if name.endswith(".html"))
    slides = Elements(offline_html(paper)).text
    for told in (everything, slides):
        for line in paper.indicators:
            assert line.title in told
        for decision in paper.decisions:
            assert decision.text in told and decision.if_yes in told and decision.if_no in told
        for item in paper.follow_ups:
            assert item.text in told
        assert "141\u00a0Tage" in told and "−39\u202f%" in told
        assert "kein Wert" in told and "Beispielwert" in told
        assert translate("course.thunderstorm.meaning", "de") in told


def test_the_state_of_the_data_stands_on_every_slide_and_every_page() -> None:
    said = "Stand der Daten 30.09.2026, festgehalten am 23.11.2026"
    for name, content in pages_of(a_paper()).items():
        page = Elements(content)
        assert page.text.count(said) >= (page.names.count("section") if name == "offline" else 1), name


def test_every_slide_says_whether_it_is_public() -> None:
    secret, public = (Elements(offline_html(paper)) for paper in (a_paper(), for_public(a_paper())))
    slides = secret.names.count("section")
    assert secret.text.count("23.11.2026 · nichtöffentlich") == slides
    assert public.text.count("23.11.2026 · öffentlich") == slides


def test_each_chart_has_words_and_a_table() -> None:
    page = offline_html(a_paper()).decode()
    drawings = re.findall(r'<svg class="chart[^>]*>', page)
    assert len(drawings) == 7 + len(a_paper().indicators)
    assert [drawing for drawing in drawings if 'role="img"' not in drawing or "aria-label=" not in drawing] == []
    for section in re.findall(r"<section.*?</section>", page, re.S):
        if 'class="chart' in section:
            assert "<summary>Werte als Tabelle</summary>" in section


def test_every_indicator_opens_its_course_with_all_that_the_paper_knows_of_it() -> None:
    paper = a_paper()
    opened = re.findall(r'<details class="more indicator".*?</details>', offline_html(paper).decode(), re.S)
    for line, drill_down in zip(paper.indicators, opened, strict=True):
        told = Elements(drill_down.encode()).text
        for known in (line.title, line.unit, line.territory, line.source, line.quality, line.vintage, line.reason):
            assert known in told, line.id
        assert course_meaning(line.course, "de") in told
        assert line.target_told in told if line.target_told else True
        for point in line.points:
            assert period_of(point, "de") in told
            assert quantity(point.value, line.unit, "de", line.decimals) in told
        assert ("vorläufig" in told) == any(point.provisional for point in line.points)
        assert len(re.findall(r'data-places="([^"]*)"', drill_down)[0].split(" ")) == len(line.points)


def test_a_withheld_value_is_a_withheld_value_in_the_drill_down_too() -> None:
    goal = some_goals()[0]
    line = goal.indicators[0].model_copy(update={"points": year_points({2024: 2, 2025: 30, 2026: 47}), "baseline": 2})
    path = (PathPoint(day=date(2024, 12, 31), value=2.0), PathPoint(day=date(2028, 12, 31), value=60.0))
    goal = goal.model_copy(update={"indicators": (line.model_copy(update={"path": path, "baseline_period": "2024"}),)})
    page = offline_html(for_public(a_paper(goals=(goal,)))).decode()
    (drill_down,) = re.findall(r'<details class="more indicator".*?</details>', page, re.S)
    assert '<th scope="row">2024</th><td class="number">–</td><td>nicht öffentlich</td>' in drill_down
    assert "2\u00a0Unternehmen" not in drill_down
    assert "Zielpfad" not in drill_down, "the path begins at the withheld value"
    places = re.findall(r'data-places="([^"]*)"', drill_down)[0].split(" ")
    assert ["," in place for place in places] == [False, True, True]


def test_what_opens_is_named_once_and_what_it_shows_beside_is_there() -> None:
    for paper in (a_paper(), large_paper(3, 30, 40), hostile(large_paper(3, 11, 24))):
        content = offline_html(paper)
        page, text = Elements(content), content.decode()
        assert len(page.ids) == len(set(page.ids))
        beside = set(re.findall(r'data-beside="([^"]*)"', text))
        assert beside == {f"measures{place}" for place, goal in enumerate(paper.goals, 1) if goal.measures}
        assert beside <= set(page.ids)
        assert [name for name in re.findall(r"<summary[^>]*>(.*?)</summary>", text, re.S) if not name] == []
        for dialog in re.findall(r"<dialog[^>]*>", text):
            assert 'aria-label="' in dialog or 'aria-labelledby="sheet-title"' in dialog


def test_a_measure_opens_where_more_is_known_of_it_than_its_row_tells() -> None:
    measures = (
        MeasureLine(id="M1", title="Erste", state="laufend", owner=None, status="im Plan: läuft"),
        MeasureLine(id="M9", title="Zweite", state="geplant", owner=None),
    )
    goal = GoalPage(id="Z", title="Z", measures=measures)
    text = offline_html(a_paper(goals=(goal,))).decode()
    assert re.search(r"<summary>Erste</summary><dl.*?im Plan: läuft.*?Rang 1, 84,5 Punkte.*?</dl>", text)
    assert '<th scope="row">Zweite</th>' in text


def test_in_a_public_room_nobody_is_named() -> None:
    name = "Erika Beispiel"
    goals = tuple(
        goal.model_copy(update={"measures": tuple(one.model_copy(update={"owner": name}) for one in goal.measures)})
        for goal in some_goals()
    )
    follow_ups = tuple(one.model_copy(update={"owner": name}) for one in a_paper().follow_ups)
    behind_closed_doors = a_paper(goals=goals, follow_ups=follow_ups)
    assert name in Elements(offline_html(behind_closed_doors)).text
    assert name.encode() not in offline_html(for_public(behind_closed_doors))


def test_a_snapshot_from_before_there_were_target_paths_is_still_drawn() -> None:
    stored = json.loads(a_paper().model_dump_json())
    for goal in stored["goals"]:
        for line in goal["indicators"]:
            del line["path"]
    assert offline_html(Paper.model_validate_json(json.dumps(stored))) == offline_html(a_paper())


def test_an_empty_plan_has_pages_that_say_so() -> None:
    site = public_site(an_empty_paper())
    assert "Noch keine Ziele." in Elements(site["index.html"]).text
    assert "Aus früheren Sitzungen ist nichts offen." in Elements(site["beschluesse.html"]).text
    assert "Noch keine Ziele" in Elements(offline_html(an_empty_paper())).text


def test_the_site_is_made_from_the_public_variant() -> None:
    goal = some_goals()[0]
    line = goal.indicators[0].model_copy(update={"points": year_points({2025: 47, 2026: 2}), "actual": 2.0})
    secret = MeasureLine(id="M9", title="Ansiedlung Projekt Adler", state="geplant", owner=None, confidential=True)
    paper = a_paper(goals=(goal.model_copy(update={"indicators": (line,), "measures": (secret,)}),))
    site = public_site(paper)
    assert [name for name, content in site.items() if b"Adler" in content] == []
    goal_page = Elements(site["ziel-sz1.html"]).text
    assert "× Wert nicht öffentlich" in goal_page
    assert "2\u00a0Unternehmen" not in goal_page
    assert "2 Angaben sind nicht öffentlich und fehlen in dieser Fassung." in goal_page
    values = json.loads(site["data/indikatoren.json"])["goals"][0]["indicators"][0]["points"]
    assert [point["value"] for point in values] == [47, None]


def test_goals_with_ids_that_look_alike_get_pages_of_their_own() -> None:
    goals = tuple(GoalPage(id=id, title=f"Ziel {id}") for id in ("A 1", "a-1", "Ä", "..", "con", "ziel/../x"))
    names = [name for name in public_site(a_paper(goals=goals)) if name.startswith("ziel-")]
    assert len({name.casefold() for name in names}) == 6
    assert [name for name in names if not re.fullmatch(r"ziel-[a-z0-9-]+\.html", name)] == []


def test_search_engines_may_list_real_figures_and_no_invented_ones() -> None:
    real = public_site(a_paper(basis=a_basis(illustrative_included=False)))["index.html"]
    assert b"noindex" not in real
    assert b'<meta name="robots" content="noindex">' in public_site(a_paper())["index.html"]


def test_three_hundred_indicators_keep_the_files_small() -> None:
    paper = large_paper(20, 300, 200)
    assert len(offline_html(paper)) < 2_000_000
    assert len(offline_html(large_paper(5, 32, 22))) < 300_000
    site = public_site(paper)
    assert len(site) == 20 + 4 + 2 * 21 + 2
    assert max(len(content) for name, content in site.items() if name.endswith(".html")) < 200_000
    assert sum(Elements(content).text.count("Vakanzzeit gemeldeter Stellen (") for content in site.values()) >= 60


def test_the_catalogue_describes_each_file_as_it_is() -> None:
    site = public_site(a_paper(), Licence.attribution)
    catalogue = json.loads(site["data/dcat-ap.jsonld"])
    described = {}
    for entry in catalogue["dcat:dataset"]:
        assert entry["dct:title"]["@value"] and entry["dct:description"]["@value"]
        assert entry["dct:issued"] == entry["dct:modified"] == {"@type": "xsd:date", "@value": "2026-11-23"}
        assert entry["dct:publisher"] == {"@id": "#herausgeber"}
        for file in entry["dcat:distribution"]:
            described[file["dcat:downloadURL"]["@id"]] = file
    assert set(described) == {name.removeprefix("data/") for name in site if name.startswith("data/")} - {
        "dcat-ap.jsonld"
    }
    for name, file in described.items():
        content = site[f"data/{name}"]
        assert file["dcat:byteSize"]["@value"] == str(len(content))
        assert file["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha512(content).hexdigest()
        assert file["dct:license"] == {"@id": "http://dcat-ap.de/def/licenses/dl-by-de/2.0"}
        assert file["dcat:accessURL"] == file["dcat:downloadURL"]
        ending = "csv" if name.endswith(".csv") else "json"
        kind = {"csv": "text/csv", "json": "application/json"}[ending]
        assert file["dcat:mediaType"]["@id"] == f"https://www.iana.org/assignments/media-types/{kind}"


REQUIRED = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dct:publisher"},
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "foaf:Agent": {"foaf:name"},
    "spdx:Checksum": {"spdx:algorithm", "spdx:checksumValue"},
}
RECOMMENDED = {
    "dcat:Catalog": {"dct:issued", "dct:modified", "dct:language", "dct:license", "dcatap:availability"},
    "dcat:Dataset": {"dcat:keyword", "dcat:theme", "dcatap:availability", "dcat:distribution"},
    "dcat:Distribution": {"dct:title", "dct:modified", "dct:format", "dcatap:availability"},
}
"""What DCAT-AP.de 3.0 asks of each class, and what it recommends and this program knows."""


def entries(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a description that has a class."""
    if isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for inner in value.values():
            yield from entries(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from entries(inner)


@pytest.mark.parametrize("licence", Licence)
@pytest.mark.parametrize("paper", [a_paper(), an_empty_paper(), a_paper(language="en")], ids=["whole", "empty", "en"])
def test_the_catalogue_has_what_dcat_ap_de_asks_for(paper: Paper, licence: Licence) -> None:
    catalogue = json.loads(public_site(paper, licence)["data/dcat-ap.jsonld"])
    found = list(entries(catalogue))
    assert {entry["@type"] for entry in found} >= set(REQUIRED)
    for entry in found:
        kind = entry["@type"]
        assert REQUIRED.get(kind, set()) | RECOMMENDED.get(kind, set()) <= set(entry), kind
        assert [name for name, value in entry.items() if value in ("", None, [], {})] == [], kind
        used = {name.partition(":")[0] for name in entry if ":" in name}
        assert used <= set(catalogue["@context"]), "every prefix is explained"
    naming = [entry.get("dcatde:licenseAttributionByText") for entry in found if entry["@type"] == "dcat:Distribution"]
    publisher = catalogue["dct:publisher"]["foaf:name"]
    expected = {"@language": paper.language, "@value": publisher} if licence is Licence.attribution else None
    assert naming == [expected] * len(naming)


def test_a_data_set_says_from_when_to_when_its_values_run() -> None:
    paper = for_public(a_paper())
    points = [point for line in paper.indicators for point in line.points]
    whole, *parts = json.loads(public_site(paper)["data/dcat-ap.jsonld"])["dcat:dataset"]
    assert whole["dct:temporal"] == {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": min(point.start for point in points).isoformat()},
        "dcat:endDate": {"@type": "xsd:date", "@value": max(point.end for point in points).isoformat()},
    }
    silent = [goal for goal in paper.goals if not any(line.points for line in goal.indicators)]
    assert len([part for part in parts if "dct:temporal" not in part]) == len(silent)


@pytest.mark.parametrize(
    ("office", "city", "told"),
    [
        ("Amt", "Stadt", "Amt, Stadt"),
        ("", "Stadt", "Stadt"),
        ("Amt", " ", "Amt"),
        ("", "", "Herausgeber nicht angegeben"),
    ],
)
def test_a_publisher_has_a_name_whatever_the_plan_says(office: str, city: str, told: str) -> None:
    paper = a_paper(head=a_head(office=office, city=city))
    site = public_site(paper, Licence.attribution)
    assert json.loads(site["data/dcat-ap.jsonld"])["dct:publisher"]["foaf:name"] == told
    assert f"Bei Nutzung zu nennen: {told}" in Elements(site["daten.html"]).text


def test_the_page_of_the_data_leads_to_the_wording_of_the_licence() -> None:
    page = Elements(public_site(a_paper(), Licence.attribution)["daten.html"])
    assert "https://www.govdata.de/dl-de/by-2-0" in page.addresses
    assert "Datenlizenz Deutschland – Namensnennung – Version 2.0" in page.text
    assert "zu nennen" not in Elements(public_site(a_paper())["daten.html"]).text


def test_a_series_that_is_shown_in_part_says_where_it_is_silent() -> None:
    line = some_goals()[0].indicators[0]
    known = year_points({2024: 5, 2026: 7})
    silent = PointLine(
        start=known[0].start.replace(year=2025), end=known[0].end.replace(year=2025), value=None, withheld=True
    )
    goal = GoalPage(id="Z", title="Z", indicators=(line.model_copy(update={"points": (known[0], silent, known[1])}),))
    page = public_site(a_paper(goals=(goal,)))["ziel-z.html"].decode()
    assert "<polyline" not in page
    assert re.search(r"<th scope=\"row\">2025</th><td class=\"number\">–</td><td>nicht öffentlich</td>", page)
