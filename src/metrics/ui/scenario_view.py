"""What the page on scenarios shows: the plan and the scenarios in figures, in words, and as proposed changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

import plotly.graph_objects as go

from metrics.charts import scenario_dots
from metrics.domain.history import Change
from metrics.domain.kinds import KINDS
from metrics.domain.portfolio.comparison import Outlook
from metrics.domain.portfolio.plan_inputs import ConsequenceKind
from metrics.domain.portfolio.proposals import FIELD_OF, Proposal
from metrics.domain.refusals import Refusal
from metrics.domain.scenarios import Scenario, ScenarioState
from metrics.locale.formats import MISSING, moment, number
from metrics.locale.limits import Names, listed
from metrics.locale.scenarios import consequence_sentence, figure_labels, figures, headline, summary
from metrics.locale.words import kind_name, refusal_sentence
from metrics.ui import plan
from metrics.ui.people_names import shown
from metrics.ui.record_titles import record_title
from metrics.ui.record_values import ITEM_BREAK, ChangedField, field_changes
from metrics.ui.runtime import store
from metrics.ui.session import _, _n, dark, language, person, today
from metrics.ui.text import one_line
from metrics.usecases.limits import LIMIT_KINDS
from metrics.usecases.naming import plan_names
from metrics.usecases.scenario_parts import part_taken
from metrics.usecases.scenarios import Examined, carried_out_by, examine_scenarios, proposals_of

KINDS_HERE = (*LIMIT_KINDS, Scenario.kind)
MOST_CHARACTERS = 200
"""Of a value before or after a proposed change."""
Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A proposed change of the plan with the version of the record that was seen; 0 for a new one."""

    proposal: Proposal
    version: int

    @property
    def name(self) -> tuple[str, str]:
        """Kind and id of the record."""
        return self.proposal.kind, self.proposal.id


@plan.remember(*KINDS_HERE)
def examined(examples: bool) -> Examined:
    """Every scenario that changes something, against the plan from this quarter on."""
    return examine_scenarios(store(), by=person(), today=today(), include_illustrative=examples)


@plan.remember(*KINDS_HERE, "goal")
def names(examples: bool) -> Names:
    """The titles that sentences on scenarios name."""
    return plan_names(store(), examined(examples).comparison.periods, language())


def outlooks(examples: bool) -> dict[str, Outlook]:
    """The figures of every scenario that could be compared, by id."""
    found = examined(examples).comparison
    return {scenario.id: one for scenario, one in zip(found.scenarios, found.outlooks[1:], strict=True)}


def to_compare(examples: bool) -> list[Scenario]:
    """The scenarios that can be compared, what is rejected last."""
    return sorted(examined(examples).comparison.scenarios, key=lambda one: one.state is ScenarioState.rejected)


def top_sentence(examples: bool) -> str:
    """What the scenarios that are not rejected come to; empty if there is none."""
    comparison = examined(examples).comparison
    pairs = [
        (scenario, one)
        for scenario, one in zip(comparison.scenarios, comparison.outlooks[1:], strict=True)
        if scenario.state is not ScenarioState.rejected
    ]
    return headline(comparison.outlooks[0], pairs, language()) if pairs else ""


def side_by_side(examples: bool, chosen: Sequence[str]) -> tuple[go.Figure, Rows, str]:
    """The chosen scenarios against the plan as a chart, its table, and what it says in words."""
    basis, known = examined(examples).comparison.outlooks[0], names(examples)
    pairs = [(one, outlooks(examples)[one.id]) for one in to_compare(examples) if one.id in chosen]
    payload = scenario_dots.ScenarioDots(
        words=_words(),
        scenarios=tuple(scenario_dots.ScenarioHead(one.id, one.title) for one, _found in pairs),
        rows=_indicators(basis, [found for _one, found in pairs], known),
    )
    said = "; ".join(f"{one.title}: {difference(found, basis, known)}" for one, found in pairs)
    return scenario_dots.draw(payload, dark(), language()), list(scenario_dots.table(payload)), said


def difference(found: Outlook, basis: Outlook, known: Names) -> str:
    """How a scenario differs from the plan, on one line."""
    return ", ".join(summary(found, basis, known)) or _("ändert an Last, Geld und Wirkung nichts")


def comparison_rows(examples: bool, chosen: Sequence[str]) -> Rows:
    """The plan first, then each scenario; of a single one, a row per figure instead, so that it stays narrow."""
    known, basis = names(examples), examined(examples).comparison.outlooks[0]
    found = [(one.title, outlooks(examples)[one.id]) for one in to_compare(examples) if one.id in chosen]
    rows = [_row(title, one, known) for title, one in ((_("Der Plan"), basis), *found)]
    if len(rows) > 2:
        return rows
    name = _("Szenario")
    heads = [str(row[name]) for row in rows]
    heads[1:] = [head if head not in (heads[0], _("Kennzahl")) else f"{name}: {head}" for head in heads[1:]]
    labels = [label for label in rows[0] if label != name]
    return [
        {_("Kennzahl"): label, **{head: row[label] for head, row in zip(heads, rows, strict=True)}} for label in labels
    ]


def _row(title: str, found: Outlook, known: Names) -> dict[str, object]:
    labels, said = astuple(figure_labels(language())), astuple(figures(found, known))
    told: dict[str, object] = dict(zip(labels, said, strict=True))
    return {_("Szenario"): title, **told, _("Was herausfällt"): listed(_falling_out(found, known), known) or MISSING}


def _falling_out(found: Outlook, known: Names) -> list[str]:
    return [known.measure(one.id) for one in found.with_outcome(ConsequenceKind.stopped)]


def _indicators(basis: Outlook, others: Sequence[Outlook], known: Names) -> tuple[scenario_dots.ScenarioIndicator, ...]:
    row, labels = scenario_dots.ScenarioIndicator, figure_labels(language())
    everything = (basis, *others)

    def made(name: str, label: str, unit: str, values: Iterable[float | None], better: bool, decimals: int = 0,
             hovers: tuple[str, ...] = ()) -> scenario_dots.ScenarioIndicator:  # fmt: skip
        first, *rest = values
        return row(name, label, unit, first, tuple(rest), better, decimals, hovers, basis.illustrative)

    fallen = [_falling_out(one, known) for one in everything]
    hovers = tuple(listed(one, known) for one in fallen[1:])
    return (
        made("peak", labels.peak, "%", [_percent(one) for one in everything], False),
        made("over", labels.overload, _("Personentage"), [one.excess_days for one in everything], False, 1),
        made("fte", labels.fte, _("VZÄ"), [one.missing_fte for one in everything], False, 1),
        made("money", labels.shortfall, "€", [one.shortfall for one in everything], False),
        made("effect", labels.goal_effect, "", [one.goal_effect.total for one in everything], True, 2),
        made("fallen", _("Maßnahmen, die herausfallen"), "", [len(one) for one in fallen], False, 0, hovers),
    )


def _percent(found: Outlook) -> float | None:
    """The highest load in percent; None without demand, or where demand meets no time at all."""
    return None if found.peak is None or found.peak.share is None else 100 * found.peak.share


def _words() -> dict[str, str]:
    return {
        "empty": _("Wählen Sie mindestens ein Szenario."),
        "plan": _("Plan"),
        "better": _("besser"),
        "worse": _("schlechter"),
        "same": _("gleich"),
        "no_comparison": _("nicht berechenbar"),
        "illustrative": _("Beispielwert"),
        "column_indicator": _("Kennzahl"),
        "column_note": _("Hinweis"),
    }


def consequence_lines(found: Outlook, known: Names) -> list[str]:
    """What a scenario means for single records, each once."""
    return list(dict.fromkeys(consequence_sentence(one, known) for one in found.consequences))


def refusal_of(scenario_id: str, examples: bool) -> str:
    """Why a scenario cannot be compared; empty if it can."""
    refusal = examined(examples).refused.get(scenario_id)
    return "" if refusal is None else refusal_sentence(refusal, language())


# --- what a chosen scenario proposes ---


@plan.remember(*KINDS_HERE, "money_line", "resource_demand")
def suggested(scenario_id: str) -> tuple[Suggested, ...] | Refusal:
    """The proposed changes with the versions that were seen, or why there can be none.

    Versions are read first: if somebody writes in between, storing is refused rather than their change overwritten.
    """
    seen = {(kind, key): entry.version for kind in FIELD_OF for key, entry in plan.entries(KINDS[kind]).items()}
    try:
        found = proposals_of(store(), scenario_id, by=person(), today=today())
    except Refusal as refusal:
        return refusal
    return tuple(Suggested(one, seen.get((one.kind, one.id), 0)) for one in found)


def suggestion_title(found: Proposal) -> str:
    """What a proposed change does to which record."""
    record = found.after or found.before
    assert record is not None
    told = {"art": kind_name(found.kind, language()), "titel": record_title(record)}
    if found.before is None:
        return _("{art} „{titel}“ anlegen", **told)
    if found.after is None:
        return _("{art} „{titel}“ zurückziehen", **told)
    return _("{art} „{titel}“ ändern", **told)


def suggestion_lines(found: Proposal) -> list[str]:
    """What changes in each field of a record, a line each: before and after; none where it is withdrawn.

    Of a list that has values on both sides only what comes and goes, so that the rest cannot hide it.
    """
    if found.after is None:
        return []
    return [f"{one.label}: {_altered(one)}" for one in field_changes(found.before, found.after)]


def _altered(one: ChangedField) -> str:
    if not (one.is_list and one.before and one.after):
        return f"{_line(one.before)} → {_line(one.after)}"
    parts = []
    if one.gone:
        parts.append(_("weg: {werte}", werte=_line(one.gone)))
    if one.come:
        parts.append(_("dazu: {werte}", werte=_line(one.come)))
    return ITEM_BREAK.join(parts) or f"{_line(one.before)} → {_line(one.after)}"


def _line(values: Sequence[str]) -> str:
    return one_line(ITEM_BREAK.join(values), MOST_CHARACTERS) or MISSING


@plan.remember()
def carried_out(scenario_id: str) -> Change | None:
    """The change that carried a scenario out."""
    return carried_out_by(store(), scenario_id)


def carried_out_words(change: Change) -> str:
    """How much was taken over, when and by whom."""
    part, told = part_taken(change), _when_and_who(change)
    if part and part.left:
        told |= {"zahl": number(part.taken, language()), "alle": number(part.offered, language())}
        return _("{zahl} von {alle} Änderungen übernommen, am {zeit} von {wer} (Änderung {nummer}).", **told)
    count = sum(entry.change.number == change.number for entry in plan.history(before=change.number + 1))
    return _n(
        "Übernommen: {number} Eintrag des Plans geändert, am {zeit} von {wer} (Änderung {nummer}).",
        "Übernommen: {number} Einträge des Plans geändert, am {zeit} von {wer} (Änderung {nummer}).",
        count,
        **told,
    )


def _when_and_who(change: Change) -> dict[str, object]:
    return {"zeit": moment(change.recorded_at, language()), "wer": shown(change.recorded_by), "nummer": change.number}


def carried_out_badge(change: Change) -> str:
    """That a scenario is part of the plan, or how much of it."""
    part = part_taken(change)
    if part is None or not part.left:
        return _("übernommen")
    told = {"zahl": number(part.taken, language()), "alle": number(part.offered, language())}
    return _("{zahl} von {alle} Änderungen übernommen", **told)


def left_out(change: Change) -> list[str]:
    """What of a scenario was not taken over: the records that stayed as they were, or that were not added."""
    part = part_taken(change)
    return [_record_named(identifier) for identifier in part.left] if part else []


def _record_named(identifier: str) -> str:
    for kind in FIELD_OF:
        record = plan.records(KINDS[kind]).get(identifier)
        if record:
            return f"{kind_name(kind, language())} „{record_title(record)}“ ({identifier})"
    return identifier
