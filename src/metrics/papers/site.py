"""The public site: plain pages that read from any web server and from a folder, without script, cookie or server.

It is made from the public variant alone, which this module asks for itself. Search engines may list it unless it holds
invented values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import number, percent
from metrics.papers import svg
from metrics.papers.catalogue_entry import DataFile, DataSet, dcat, publisher_name
from metrics.papers.data_files import data_json, goal_json, indicators_csv, values_csv
from metrics.papers.licences import Licence, licence_name, licence_text
from metrics.papers.looks import SITE
from metrics.papers.markup import Child, Markup, el, join, page, paragraphs
from metrics.papers.model import Decision, GoalPage, IndicatorLine, LabPage, Paper, PointLine
from metrics.papers.package import safe_name
from metrics.papers.public import for_public
from metrics.papers.telling import actual_told, withheld_told
from metrics.papers.told import (
    consultations_table,
    counts_list,
    course_badge,
    decision_facts,
    figure,
    follow_up_table,
    head_line,
    load_table,
    measure_load_table,
    measures_table,
    money_table,
    named,
    place_of,
    ranking_message,
    ranking_table,
    rule_told,
    series_table,
    standing,
    state_of_data,
)

CATALOGUE = "dcat-ap.jsonld"


@dataclass(frozen=True, slots=True)
class _Site:
    """The public paper with where its pages and data lie."""

    paper: Paper
    language: Language
    licence: Licence
    goal_files: tuple[str, ...]
    data_files: tuple[DataSet, ...]


def public_site(paper: Paper, licence: Licence = Licence.zero) -> dict[str, bytes]:
    """The site of a paper: relative path → content. `licence` is that of the data."""
    public = for_public(paper)
    names = _names(public.goals)
    site = _Site(public, public.language, licence, names, _data_sets(public, names))
    pages = {
        "index.html": _overview(site),
        **{f"{name}.html": _goal(site, goal) for name, goal in zip(names, public.goals, strict=True)},
        "beschluesse.html": _decisions(site),
        "methode.html": _method(site),
        "daten.html": _data(site),
    }
    data = {f"data/{file.name}": file.content for entry in site.data_files for file in entry.files}
    return {**pages, **data, f"data/{CATALOGUE}": dcat(site.data_files, public, licence), "robots.txt": _ROBOTS}


_ROBOTS = b"User-agent: *\nAllow: /\n"


def _names(goals: Sequence[GoalPage]) -> tuple[str, ...]:
    """A file name for each goal; two goals never share one, not even where capitals do not count."""
    names: list[str] = []
    for place, goal in enumerate(goals, 1):
        name = f"ziel-{safe_name(goal.id, str(place))}"
        names.append(name if name not in names else f"{name}-{place}")
    return tuple(names)


def _data_sets(paper: Paper, names: Sequence[str]) -> tuple[DataSet, ...]:
    language = paper.language
    whole = DataSet(
        "indikatoren",
        translate("Indikatoren des Zukunftsplans {stadt}", language, stadt=paper.head.city),
        translate("Alle Indikatoren mit Zeitreihen, Zielen und Kurs.", language),
        (DataFile("indikatoren.csv", indicators_csv(paper)), DataFile("indikatoren.json", data_json(paper))),
        _points(paper.goals),
    )
    parts = (
        DataSet(
            name,
            translate("Indikatoren zum Ziel „{ziel}“", language, ziel=goal.title),
            goal.text or translate("Indikatoren und Maßnahmen dieses Ziels.", language),
            (DataFile(f"{name}.csv", values_csv((goal,), language)), DataFile(f"{name}.json", goal_json(goal))),
            _points((goal,)),
        )
        for name, goal in zip(names, paper.goals, strict=True)
    )
    return (whole, *parts)


def _points(goals: Sequence[GoalPage]) -> tuple[PointLine, ...]:
    return tuple(point for goal in goals for line in goal.indicators for point in line.points)


# --- pages ----------------------------------------------------------------------------------------------------------


def _overview(site: _Site) -> bytes:
    paper, language = site.paper, site.language
    goals = [_goal_card(site, name, goal) for name, goal in zip(site.goal_files, paper.goals, strict=True)]
    changes = join(el("li", change) for change in paper.changes)
    body = [
        el("h1", paper.head.title),
        el("p", head_line(paper.head, language), class_="quiet"),
        el("p", standing(paper.indicators, language) + ".") if paper.indicators else None,
        counts_list(paper.indicators, language),
        _section("kurz", translate("Kurz gesagt", language), paragraphs(paper.summary)) if paper.summary else None,
        _well_and_stuck(site),
        _section("neu", translate("Was sich geändert hat", language), el("ul", changes)) if paper.changes else None,
        el(
            "section",
            el("h2", translate("Ziele", language), id="ziele"),
            _cards(goals, language),
            aria_labelledby="ziele",
        ),
        _ranking(site),
        _resources(site),
        _labs(site),
    ]
    return _page(site, translate("Übersicht", language), "index.html", body)


def _goal(site: _Site, goal: GoalPage) -> bytes:
    language = site.language
    name = site.goal_files[site.paper.goals.index(goal)]
    owner = translate("Verantwortlich: {name}", language, name=goal.owner) if goal.owner else None
    coverage = (
        None
        if goal.coverage is None
        else translate("Bewertbar: {anteil} des Gewichts", language, anteil=percent(goal.coverage, language))
    )
    year = site.paper.basis.as_of.year
    measures = measures_table(goal.measures, translate("Maßnahmen und Mittel", language), year, language)
    body = [
        el("h1", goal.title),
        el("p", course_badge(goal.course, language)),
        el("p", " · ".join(part for part in (owner, coverage) if part), class_="quiet") if owner or coverage else None,
        paragraphs(goal.text),
        paragraphs(goal.generated),
        _box(translate("Bewertung der Verwaltung", language), goal.assessment),
        _box(translate("Folgerung", language), goal.consequence),
        el("h2", translate("Indikatoren", language)),
        join(_indicator(line, place, language) for place, line in enumerate(goal.indicators, 1))
        or el("p", translate("Noch keine Indikatoren.", language)),
        _section("massnahmen", translate("Maßnahmen", language), el("div", measures, class_="table"))
        if goal.measures
        else None,
        el("p", translate("Daten dieses Ziels:", language), " ", _links(f"data/{name}")),
    ]
    return _page(site, goal.title, f"{name}.html", body)


def _indicator(line: IndicatorLine, place: int, language: Language) -> Markup:
    heading = el("h3", named(line.title, line.illustrative, language, line.example_target), id=f"indikator-{place}")
    values = (
        (translate("Start", language), figure(line.baseline, line, language)),
        (translate("Plan heute", language), figure(line.expected, line, language)),
        (translate("Ist", language), actual_told(line, language)),
        (translate("Ziel", language), line.target_told or figure(line.target, line, language)),
        (translate("Zielerreichung", language), percent(line.share, language)),
    )
    told = el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in values), class_="values")
    source = ", ".join(part for part in (line.source, line.vintage) if part)
    drawn = svg.series(line, language)
    held_back = any(point.withheld for point in line.points)
    crossed = el("p", translate("× Wert nicht öffentlich", language), class_="quiet") if drawn and held_back else None
    body = [
        heading,
        el("p", course_badge(line.course, language)),
        el("p", line.reason, class_="reason") if line.reason else None,
        el("div", el("div", svg.bullet(line, language) or None, told), el("div", drawn, crossed), class_="split"),
        _details(translate("Werte als Tabelle", language), series_table(line, language)) if line.points else None,
        el("p", place_of(line, language), class_="quiet") if place_of(line, language) else None,
        el("p", translate("Quelle: {quelle}", language, quelle=source), class_="quiet") if source else None,
    ]
    return el("section", *body, class_="card", aria_labelledby=f"indikator-{place}")


def _decisions(site: _Site) -> bytes:
    paper, language = site.paper, site.language
    body: list[Child] = [el("h1", translate("Beschlüsse", language))]
    body += [_decision(decision, language) for decision in paper.decisions]
    texts = (
        ("sache", translate("Sachdarstellung", language), paper.facts),
        ("finanzen", translate("Finanzielle Auswirkungen", language), paper.finances),
        ("klima", translate("Klimarelevanz", language), paper.climate),
    )
    body += [_section(id, title, paragraphs(text)) for id, title, text in texts if text]
    if paper.head.consultations:
        body.append(el("div", el("div", consultations_table(paper.head, language), class_="table"), class_="card"))
    control = el("div", follow_up_table(paper.follow_ups, language), class_="table")
    empty = el("p", translate("Aus früheren Sitzungen ist nichts offen.", language))
    body.append(
        _section("kontrolle", translate("Beschlusskontrolle", language), control if paper.follow_ups else empty)
    )
    return _page(site, translate("Beschlüsse", language), "beschluesse.html", body)


def _decision(decision: Decision, language: Language) -> Markup:
    title = translate("Beschlussvorschlag {nummer}", language, nummer=decision.number)
    facts = decision_facts(decision, language)
    boxes = [
        _box(translate("Bei Zustimmung", language), decision.if_yes),
        _box(translate("Bei Ablehnung", language), decision.if_no),
    ]
    return el(
        "section",
        el("h2", title, id=f"beschluss-{decision.number}"),
        paragraphs(decision.text),
        el("p", facts, class_="quiet") if facts else None,
        el("div", *boxes, class_="pair") if any(boxes) else None,
        class_="card",
        aria_labelledby=f"beschluss-{decision.number}",
    )


def _method(site: _Site) -> bytes:
    paper, language = site.paper, site.language
    basis = paper.basis
    limits = join(el("li", limit) for limit in basis.thresholds)
    signs = join(el("li", course_badge(course, language)) for course in (*Course, None))
    privacy = translate(
        "Zahlen von Betrieben oder Personen unter drei, Werte, die fast nur von einem Betrieb stammen, und Werte, aus "
        "denen sich solche errechnen ließen, sind nicht öffentlich. Sie fehlen in den Daten; sie sind nicht nur "
        "verdeckt.",
        language,
    )
    body = [
        el("h1", translate("Methode", language)),
        el("p", basis.rule_told),
        el("ul", limits) if basis.thresholds else None,
        _section("zeichen", translate("Zeichen", language), el("ul", signs, class_="row")),
        el(
            "p", translate("Balken: Ist. Schwarzer Strich: Plan heute. Raute: Ziel. Rechts ist immer besser.", language)
        ),
        _section("schutz", translate("Was nicht öffentlich ist", language), el("p", privacy)),
        el("p", withheld_told(paper, language)) if paper.withheld else None,
        _section("stand", translate("Stand", language), _version(site)),
        el("p", translate("Beispielwerte sind erfunden und als solche gekennzeichnet.", language))
        if basis.illustrative_included
        else None,
        el("p", translate("Diese Seiten setzen keine Cookies, laden nichts nach und zählen keine Besuche.", language)),
    ]
    return _page(site, translate("Methode", language), "methode.html", body)


def _version(site: _Site) -> Markup:
    basis, language = site.paper.basis, site.language
    change = translate("Änderungsstand {nummer}", language, nummer=number(basis.change_number, language, 0))
    return join([el("p", state_of_data(site.paper) + "."), el("p", f"{rule_told(site.paper)}; {change}.")])


def _data(site: _Site) -> bytes:
    language = site.language
    about = translate(
        "CSV öffnet sich in Tabellenprogrammen mit einem Doppelklick: Trennzeichen Semikolon, Dezimalkomma, UTF-8. "
        "JSON ist für Programme: Dezimalpunkt, UTF-8.",
        language,
    )
    items = join(el("li", entry.title, ": ", _links(f"data/{entry.name}")) for entry in site.data_files)
    licence = el("a", licence_name(site.licence), href=licence_text(site.licence), rel="license noreferrer")
    naming = translate("Bei Nutzung zu nennen: {name}", language, name=publisher_name(site.paper))
    described = translate("Beschreibung der Daten (DCAT-AP.de)", language)
    body = [
        el("h1", translate("Daten", language)),
        el("p", about),
        el("ul", items),
        el("p", el("a", described, href=f"data/{CATALOGUE}")),
        el("p", translate("Lizenz der Daten", language), ": ", licence),
        el("p", naming) if site.licence is Licence.attribution else None,
    ]
    return _page(site, translate("Daten", language), "daten.html", body)


# --- parts of pages -------------------------------------------------------------------------------------------------


def _page(site: _Site, title: str, file: str, body: Sequence[Child]) -> bytes:
    language, paper = site.language, site.paper
    doors = (
        ("index.html", translate("Übersicht", language)),
        ("beschluesse.html", translate("Beschlüsse", language)),
        ("methode.html", translate("Methode", language)),
        ("daten.html", translate("Daten", language)),
    )
    items = (el("li", el("a", name, href=to, aria_current="page" if to == file else None)) for to, name in doors)
    ending = [
        el("p", state_of_data(paper)),
        el("p", withheld_told(paper, language)) if paper.withheld else None,
        el("p", translate("Mit Beispielwerten: nicht zur Auskunft bestimmt.", language))
        if paper.basis.illustrative_included
        else None,
    ]
    whole = join(
        [
            el("a", translate("Zum Inhalt", language), href="#inhalt", class_="skip"),
            el(
                "header",
                el("p", translate("Zukunftsplan {stadt}", language, stadt=paper.head.city), class_="site"),
                el("p", paper.head.office),
                el("nav", el("ul", *items), aria_label=translate("Seiten", language)),
            ),
            el("main", *body, id="inhalt", tabindex="-1"),
            el("footer", *ending),
        ]
    )
    place = translate("Zukunftsplan {stadt}", language, stadt=paper.head.city)
    return page(f"{title} – {place}", language, SITE, whole, listed=not paper.basis.illustrative_included)


def _goal_card(site: _Site, name: str, goal: GoalPage) -> Markup:
    language = site.language
    before = (
        el("p", translate("zuvor:", language), " ", course_badge(goal.course_before, language), class_="quiet")
        if goal.course_before
        else None
    )
    return el(
        "li",
        el("h3", el("a", goal.title, href=f"{name}.html")),
        el("p", course_badge(goal.course, language)),
        before,
        el("p", goal.generated or standing(goal.indicators, language) + "."),
        class_="card",
    )


def _cards(cards: Sequence[Markup], language: Language) -> Markup:
    return el("ul", *cards, class_="cards") if cards else el("p", translate("Noch keine Ziele.", language))


def _well_and_stuck(site: _Site) -> Markup | None:
    well = _box(translate("Was gut läuft", site.language), site.paper.running_well)
    stuck = _box(translate("Was klemmt", site.language), site.paper.stuck)
    return el("div", well, stuck, class_="pair") if well or stuck else None


def _ranking(site: _Site) -> Markup | None:
    ranking, language = site.paper.ranking, site.language
    if ranking is None or not ranking.rows:
        return None
    told = " ".join(part.rstrip(".") + "." for part in (ranking.method, ranking.raters, ranking.decided) if part)
    body = join(
        [
            el("p", named(ranking_message(ranking, language), ranking.illustrative, language)),
            svg.matrix(ranking.rows, language) or None,
            _details(translate("Werte als Tabelle", language), ranking_table(ranking, language)),
            el("p", told, class_="quiet"),
        ]
    )
    return _section("rang", translate("Priorisierung", language), body)


def _resources(site: _Site) -> Markup | None:
    resources, language = site.paper.resources, site.language
    if resources is None:
        return None
    body = join(
        [
            el("p", named(resources.sentence, resources.illustrative, language)),
            svg.load(resources.quarters, language) or None,
            _details(translate("Werte als Tabelle", language), load_table(resources, language))
            if resources.quarters
            else None,
            _details(translate("Je Maßnahme", language), measure_load_table(resources, language))
            if resources.measures
            else None,
            el("div", money_table(resources, language), class_="table") if resources.money else None,
        ]
    )
    return _section("mittel", translate("Personal und Mittel", language), body)


def _labs(site: _Site) -> Markup | None:
    if not site.paper.labs:
        return None
    return _section(
        "labore", translate("Reallabore", site.language), join(_lab(lab, site.language) for lab in site.paper.labs)
    )


def _lab(lab: LabPage, language: Language) -> Markup:
    learned = join(el("li", item) for item in lab.learned)
    return join(
        [
            el("h3", named(lab.title, lab.illustrative, language)),
            el("p", lab.state, class_="quiet"),
            paragraphs(lab.aim),
            el("p", translate("Was wir gelernt haben:", language)) if lab.learned else None,
            el("ul", learned) if lab.learned else None,
            paragraphs(lab.outlook),
        ]
    )


def _section(id: str, title: str, body: Markup) -> Markup:
    return el("section", el("h2", title, id=id), body, class_="card", aria_labelledby=id)


def _box(title: str, text: str) -> Markup | None:
    return el("div", el("h3", title), paragraphs(text), class_="box") if text else None


def _details(title: str, body: Markup) -> Markup:
    return el("details", el("summary", title), body)


def _links(stem: str) -> Markup:
    return join(
        [
            el("a", "CSV", href=f"{stem}.csv", type="text/csv"),
            ", ",
            el("a", "JSON", href=f"{stem}.json", type="application/json"),
        ]
    )
