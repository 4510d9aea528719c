"""Goal rings: the tree of goals as a sunburst or an icicle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from metrics.charts.theme import (
    COURSES,
    Palette,
    Row,
    Spec,
    Words,
    as_share,
    course_legend,
    course_mark,
    empty,
    finish,
    hover_text,
    legend_entry,
    palette,
    plain,
    readable_on,
    wrap,
)

COURSE_WORDS = ("sun", "sun_cloud", "cloud", "thunderstorm", "none")
STEP_WORDS = ("below_25", "below_50", "below_75", "below_100", "reached", "not_computable")
COLUMNS = ("column_goal", "column_parent", "column_attainment", "column_course", "column_weight")
WORDS = ("empty", "all_goals", *COURSE_WORDS, *STEP_WORDS, *COLUMNS)
"""`all_goals` names the ring's centre if there are several top goals; `below_25` … `reached` the attainment steps."""

_STEPS = (0.25, 0.5, 0.75, 1.0)
_CENTRE = "__all__"
_LEAF_HEIGHT, _TALLEST = 58, 1400
"""px: a leaf of the icicle with its three lines; the whole icicle."""
_LEAST_TYPE = 9
"""px: a label that fits only in smaller type is left to the hover and the table."""


@dataclass(frozen=True, slots=True)
class GoalNode:
    """`parent` is the id of the node above or "" at the top; `attainment` a share (1 = target reached).

    `weight` counts among the nodes with the same parent; `text` is the attainment in words.
    """

    id: str
    parent: str
    label: str
    attainment: float | None
    course: str = "none"
    weight: float = 1.0
    text: str = ""
    hover: str = ""


@dataclass(frozen=True, slots=True)
class GoalRings:
    """`kind` sunburst or icicle; `colour_by` course or attainment; `level` the id of the node to open ("": all)."""

    words: Words
    nodes: tuple[GoalNode, ...]
    kind: str = "sunburst"
    colour_by: str = "course"
    level: str = ""
    height: int = 520


def draw(payload: GoalRings, dark: bool, language: str) -> go.Figure:
    """The figure; `customdata` is the node's id. Without a node a sentence."""
    colours, words = palette(dark), payload.words
    nodes = _under_one_roof(payload.nodes, words)
    if not nodes:
        return empty(words["empty"], dark, language)
    by_attainment = payload.colour_by == "attainment"
    fills = [_fill(node, by_attainment, colours, dark) for node in nodes]
    unknown = [_unknown(node, by_attainment) for node in nodes]
    sunburst = payload.kind == "sunburst"
    trace: Spec = {
        "type": "sunburst" if sunburst else "icicle",
        "ids": [node.id for node in nodes],
        "parents": [node.parent for node in nodes],
        "labels": [plain(node.label, 40) for node in nodes],
        "values": _angles(nodes),
        "branchvalues": "total",
        "sort": False,
        "text": [
            _label(node, _said(node, by_attainment, words), *((16, 3) if sunburst else (22, 2))) for node in nodes
        ],
        "textinfo": "text",
        "insidetextfont": {"color": [readable_on(fill) for fill in fills], "size": 13},
        "customdata": [node.id for node in nodes],
        "hovertext": [hover_text(node.hover or f"{node.label}\n{node.text}") for node in nodes],
        "hoverinfo": "text",
        "marker": {
            "colors": fills,
            "line": {"width": 2, "color": colours.surface},
            "pattern": {
                "shape": ["/" if missing else "" for missing in unknown],
                "fillmode": "overlay",
                "fgcolor": colours.neutral,
                "fgopacity": 0.55,
                "size": 7,
                "solidity": 0.12,
            },
        },
        "leaf": {"opacity": 1},
        "domain": {"x": [0, 1], "y": [0, 1]},
    }
    if payload.level in {node.id for node in nodes}:
        trace["level"] = payload.level
    if sunburst:
        trace["insidetextorientation"] = "auto"
    else:
        trace |= {"tiling": {"orientation": "h", "pad": 1}, "pathbar": {"visible": False}}
    layout: Spec = {
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "margin": {"l": 4, "r": 4, "t": 8, "b": 4},
        "legend": {"y": 1.01},
        "uniformtext": {"minsize": _LEAST_TYPE, "mode": "hide"},
    }
    legend = _step_legend(nodes, words, colours) if by_attainment else _course_legend(nodes, words, dark)
    height = payload.height if sunburst else max(payload.height, _icicle_height(trace["values"]))
    return finish([trace, *legend], layout, dark, language, height=height)


def table(payload: GoalRings) -> list[Row]:
    """One row per node, `column_attainment` as a share."""
    words = payload.words
    labels = {node.id: node.label for node in payload.nodes}
    return [
        {
            words["column_goal"]: node.label,
            words["column_parent"]: labels.get(node.parent, ""),
            words["column_attainment"]: as_share(node.attainment),
            words["column_course"]: words[node.course if node.course in COURSES else "none"],
            words["column_weight"]: node.weight,
        }
        for node in payload.nodes
    ]


_KNOWN = frozenset(COURSES) - {"none"}


def _under_one_roof(nodes: Sequence[GoalNode], words: Words) -> list[GoalNode]:
    """Only nodes that hang on the tree, each once, under one root: Plotly draws nothing at all otherwise."""
    children: dict[str, list[GoalNode]] = defaultdict(list)
    known = {node.id for node in nodes}
    for node in nodes:
        children[node.parent if node.parent in known and node.parent != node.id else ""].append(node)
    tops = children[""]
    if not tops:
        return []
    root = "" if len(tops) == 1 else _CENTRE
    kept = [] if len(tops) == 1 else [GoalNode(_CENTRE, "", words["all_goals"], None, "none", 1.0, "")]
    waiting = [(node, root) for node in tops]
    seen: set[str] = set()
    while waiting:
        node, parent = waiting.pop(0)
        if node.id in seen:
            continue
        seen.add(node.id)
        kept.append(
            GoalNode(node.id, parent, node.label, node.attainment, node.course, node.weight, node.text, node.hover)
        )
        waiting += [(child, node.id) for child in children[node.id]]
    return kept


def _angles(nodes: Sequence[GoalNode]) -> list[float]:
    """A node's part of its parent by its weight among its siblings; parents come before children in `nodes`."""
    totals: dict[str, float] = defaultdict(float)
    for node in nodes:
        totals[node.parent] += max(node.weight, 0.0) or 1.0
    sizes: dict[str, float] = {}
    for node in nodes:
        sizes[node.id] = sizes.get(node.parent, 1000.0) * (max(node.weight, 0.0) or 1.0) / totals[node.parent]
    return [sizes[node.id] for node in nodes]


def _icicle_height(sizes: Sequence[float]) -> int:
    """px at which the smallest node holds its lines, up to a limit."""
    return round(min(_LEAF_HEIGHT * max(sizes) / min(sizes), _TALLEST))


def _said(node: GoalNode, by_attainment: bool, words: Words) -> str:
    """The one statement that the colour shows too; the other one stands in the hover and in the table."""
    if by_attainment:
        return plain(node.text, 24)
    return f"{course_mark(node.course).character} {words[node.course if node.course in _KNOWN else 'none']}"


def _label(node: GoalNode, said: str, width: int, lines: int) -> str:
    if node.id == _CENTRE:
        return wrap(node.label, width, 2)
    return f"{wrap(node.label, width, lines)}<br><b>{said}</b>"


def _fill(node: GoalNode, by_attainment: bool, colours: Palette, dark: bool) -> str:
    if node.id == _CENTRE:
        return colours.raised
    if not by_attainment:
        return course_mark(node.course).colour(dark) if node.course in _KNOWN else colours.track
    return colours.track if node.attainment is None else colours.steps[_step(node.attainment)]


def _unknown(node: GoalNode, by_attainment: bool) -> bool:
    if node.id == _CENTRE:
        return False
    return node.attainment is None if by_attainment else node.course not in _KNOWN


def _step(attainment: float) -> int:
    return sum(attainment >= limit for limit in _STEPS)


def _course_legend(nodes: Sequence[GoalNode], words: Words, dark: bool) -> list[Spec]:
    return course_legend((node.course for node in nodes if node.id != _CENTRE), words, dark)


def _step_legend(nodes: Sequence[GoalNode], words: Words, colours: Palette) -> list[Spec]:
    shares = [node.attainment for node in nodes if node.attainment is not None]
    entries = [(words[STEP_WORDS[step]], colours.steps[step]) for step in sorted({_step(share) for share in shares})]
    if any(node.attainment is None for node in nodes if node.id != _CENTRE):
        entries.append((words["not_computable"], colours.track))
    edge = {"width": 1, "color": colours.neutral}
    return [
        legend_entry(name, mode="markers", marker={"symbol": "square", "size": 12, "color": colour, "line": edge})
        for name, colour in entries
    ]
