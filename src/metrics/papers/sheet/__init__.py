"""Everything the PDF's template prints: words in the paper's language, written numbers, geometry of the charts.

The template formats nothing and knows no language; this package draws nothing.
"""

from __future__ import annotations

from metrics.locale.catalogue import Language, translate
from metrics.locale.formats import day
from metrics.locale.words import choice
from metrics.papers import style
from metrics.papers.model import Paper
from metrics.papers.modes import Mode, in_mode
from metrics.papers.sheet.front import front, glance
from metrics.papers.sheet.goals import goals, labs
from metrics.papers.sheet.lines import Part, flat, joined, shortened, titled
from metrics.papers.sheet.rest import annex, decisions, follow_ups, priorities, resources

LONGEST_RUNNING_HEAD, LONGEST_FOOT = 60, 90
_HERE, _ALL = "\x01", "\x02"


def sheet(whole: Paper, mode: Mode, goal_id: str | None, checksum: str) -> Part:
    """The sheet of a paper in a mode; `checksum` is that of the attached data.

    The parts an extract on one goal leaves out are None. Raises ValueError for one goal that is not there.
    """
    paper = in_mode(whole, mode, goal_id)
    entire = mode is not Mode.one_goal
    return {
        "language": paper.language,
        "region": "DE" if paper.language == "de" else "GB",
        "style": {"accent": style.ACCENT, "grey": style.GREY, "line": style.LINE, "pale": style.PALE},
        "document": _document(paper),
        "front": front(paper, whole, mode),
        "glance": glance(paper, mode) if entire else None,
        "goals": goals(paper, mode),
        "labs": labs(paper) if entire else None,
        "priorities": priorities(paper) if entire or paper.ranking else None,
        "resources": resources(paper) if entire else None,
        "decisions": decisions(paper, mode),
        "follow_ups": follow_ups(paper) if entire else None,
        "annex": annex(whole if mode is Mode.deviations else paper, checksum),
    }


def part_of(said: Part, part: int | None) -> Part:
    """A part of a sheet to look at: 0 is everything but the goals, any other number the goals alone; None the whole."""
    if part is None:
        return said
    if part == 0:
        return said | {"goals": [], "annex": said["annex"] | {"table": None}}
    return said | dict.fromkeys(("front", "glance", "labs", "priorities", "resources", "decisions", "follow_ups"))


def _document(paper: Paper) -> Part:
    language, head = paper.language, paper.head
    stand = translate("Stand der Daten: {tag}", language, tag=day(paper.basis.as_of, language))
    number = (
        translate("Drucksache {nummer}", language, nummer=shortened(head.paper_number, 40)) if head.paper_number else ""
    )
    return {
        "title": shortened(head.title, 1000) or titled("", language),
        "author": flat(head.office),
        "description": joined([choice(head.kind, language), stand]),
        "running": [
            joined(
                [
                    number or shortened(head.title, LONGEST_RUNNING_HEAD),
                    choice(head.kind, language),
                    "" if head.public else translate("nichtöffentlich", language),
                ]
            ),
            stand,
        ],
        "foot": shortened(head.office, LONGEST_FOOT),
        "page": _page_words(language),
        "data": translate("Alle Daten dieser Vorlage", language),
        "csv": translate("Werte der Indikatoren", language),
    }


def _page_words(language: Language) -> list[str]:
    """What stands before, between and behind the two page numbers."""
    told = translate("Seite {seite} von {alle}", language, seite=_HERE, alle=_ALL)
    before, rest = told.split(_HERE)
    return [before, *rest.split(_ALL)]
