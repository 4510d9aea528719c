"""A committee paper: what the plan says, with the words of a sitting, and sentences to start from where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metrics.domain.committee import GoalText, Sitting
from metrics.domain.progress.outcome import Course
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import euros
from metrics.locale.words import choice, course_word
from metrics.papers import model
from metrics.usecases.paper_building import PlanPart


def with_words(part: PlanPart, sitting: Sitting, before: model.Paper | None = None) -> model.Paper:
    """The paper for a sitting; `before` is the paper of the sitting before, to say what has changed."""
    language, goals = part.language, _goals(part, sitting, before)
    return model.Paper(
        language=language,
        head=_head(part, sitting),
        basis=part.basis.model_copy(update={"compared_with": before.head.held_on if before else None}),
        summary=sitting.summary or summary_to_start_from(goals, part.resources, language),
        facts=sitting.facts or "",
        finances=sitting.finances or finances_to_start_from(sitting, language),
        climate=sitting.climate or "",
        decisions=_decisions(sitting),
        running_well=part.running_well,
        stuck=part.stuck,
        changes=tuple(_changes(goals, language)),
        goals=goals,
        labs=part.labs,
        ranking=part.ranking,
        resources=part.resources,
        follow_ups=part.follow_ups,
        aside=part.aside,
    )


def summary_to_start_from(
    goals: Sequence[model.GoalPage], resources: model.Resources | None, language: Language
) -> str:
    """The short version that the data give; the office may write its own."""
    lines = list({line.id: line for goal in goals for line in goal.indicators}.values())
    if not lines:
        return translate("Für die Ziele des Plans gibt es noch keinen Indikator.", language)
    counts = {course: sum(line.course is course for line in lines) for course in Course}
    without = sum(line.course is None for line in lines)
    told = translate_plural(
        "Von {number} Indikator ist {gut} auf Kurs, {fast} leicht hinter Kurs, {schlecht} hinter Kurs oder ohne "
        "Bewegung zum Ziel; {ohne} ist nicht bewertbar.",
        "Von {number} Indikatoren sind {gut} auf Kurs, {fast} leicht hinter Kurs, {schlecht} hinter Kurs oder ohne "
        "Bewegung zum Ziel; {ohne} sind nicht bewertbar.",
        len(lines),
        language,
        gut=counts[Course.sun],
        fast=counts[Course.sun_cloud],
        schlecht=counts[Course.cloud] + counts[Course.thunderstorm],
        ohne=without,
    )
    return told + (f" {resources.sentence}" if resources else "")


def finances_to_start_from(sitting: Sitting, language: Language) -> str:
    """What the proposed decisions cost, a line for each that costs something."""
    amounts = [(place, one) for place, one in enumerate(sitting.decisions, start=1) if one.amount is not None]
    return "\n".join(
        translate("Beschlusspunkt {nummer}: {betrag}", language, nummer=place, betrag=euros(one.amount, language))
        + (f" ({translate('Produkt {nummer}', language, nummer=one.product)})" if one.product else "")
        for place, one in amounts
    )


def _head(part: PlanPart, sitting: Sitting) -> model.Head:
    return model.Head(
        city=part.city,
        office=sitting.lead or part.office,
        title=sitting.title,
        kind=sitting.paper_kind,
        public=sitting.public,
        committee=sitting.committee,
        held_on=sitting.held_on,
        role=sitting.role,
        agenda_item=sitting.agenda_item or "",
        paper_number=sitting.paper_number or "",
        file_reference=sitting.file_reference or "",
        lead=sitting.lead or "",
        involved=sitting.involved,
        consultations=tuple(
            model.Consultation(committee=step.committee, held_on=step.held_on, role=step.role, result=step.result or "")
            for step in sitting.consultations
        ),
    )


def _decisions(sitting: Sitting) -> tuple[model.Decision, ...]:
    return tuple(
        model.Decision(
            number=position,
            text=proposed.text,
            if_yes=proposed.if_yes or "",
            if_no=proposed.if_no or "",
            amount=proposed.amount,
            product=proposed.product,
            indicator_id=proposed.indicator_id,
        )
        for position, proposed in enumerate(sitting.decisions, start=1)
    )


def _goals(part: PlanPart, sitting: Sitting, before: model.Paper | None) -> tuple[model.GoalPage, ...]:
    earlier = {page.id: page.course for page in before.goals} if before else {}
    texts = {text.goal_id: text for text in sitting.goal_texts}
    return tuple(
        page.model_copy(update={"course_before": earlier.get(page.id)} | _told(texts.get(page.id), part.language))
        for page in part.goals
    )


def _told(text: GoalText | None, language: Language) -> dict[str, str | bool]:
    """What the office makes of a goal, by field."""
    if text is None:
        return {}
    return {
        "assessment": _assessed(text, language),
        "commented": bool(text.assessment),
        "consequence": text.consequence or "",
    }


def _assessed(text: GoalText, language: Language) -> str:
    """What the office makes of a goal, the cause first."""
    said = [] if text.influence is None else [choice(text.influence, language) + "."]
    return " ".join([*said, *([text.assessment] if text.assessment else [])])


def _changes(goals: Sequence[model.GoalPage], language: Language) -> Iterator[str]:
    """What the goals' courses have done since the paper before."""
    for goal in goals:
        if goal.course_before is None or goal.course is None or goal.course is goal.course_before:
            continue
        told = {
            "ziel": goal.title,
            "vorher": course_word(goal.course_before, language),
            "jetzt": course_word(goal.course, language),
        }
        if goal.course.severity < goal.course_before.severity:
            yield translate("{ziel} hat sich verbessert: {vorher} → {jetzt}", language, **told)
        else:
            yield translate("{ziel} hat sich verschlechtert: {vorher} → {jetzt}", language, **told)
