"""A committee paper: what the plan says, with the words of a sitting, and sentences to start from where it has none."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.domain.committee import GoalText, Sitting
from metrics.locale.catalogue import Language
from metrics.locale.words import choice
from metrics.papers import model
from metrics.papers.sentences import changes_of, finances_of, summary_of
from metrics.usecases.paper_building import PlanPart


def with_words(part: PlanPart, sitting: Sitting, before: model.Paper | None = None) -> model.Paper:
    """The paper for a sitting; `before` is the paper of the sitting before, to say what has changed."""
    language, goals, decisions = part.language, _goals(part, sitting, before), _decisions(sitting)
    return model.Paper(
        language=language,
        head=_head(part, sitting),
        basis=part.basis.model_copy(update={"compared_with": before.head.held_on if before else None}),
        summary=sitting.summary or summary_of(goals, part.resources, language),
        facts=sitting.facts or "",
        finances=sitting.finances or finances_of(decisions, language),
        climate=sitting.climate or "",
        decisions=decisions,
        running_well=part.running_well,
        stuck=part.stuck,
        changes=tuple(changes_of(goals, language)),
        goals=goals,
        labs=part.labs,
        ranking=part.ranking,
        resources=part.resources,
        follow_ups=part.follow_ups,
        aside=part.aside,
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
        page.model_copy(update={"course_before": earlier.get(page.id)} | _told(page.id, part, texts))
        for page in part.goals
    )


def _told(page_id: str, part: PlanPart, texts: Mapping[str, GoalText]) -> dict[str, str | bool]:
    """What the office makes of a goal and, each by its name, of the goals beneath it; by field."""
    own = texts.get(page_id)
    below = [(title, texts[goal_id]) for goal_id, title in part.beneath[page_id].items() if goal_id in texts]
    assessments = [_assessed(own, part.language) if own else ""]
    assessments += [_of(title, _assessed(text, part.language)) for title, text in below]
    consequences = [(own.consequence if own else None) or "", *(_of(title, text.consequence) for title, text in below)]
    return {
        "assessment": "\n\n".join(filter(None, assessments)),
        "commented": any(text and text.assessment for text in (own, *(text for _, text in below))),
        "consequence": "\n\n".join(filter(None, consequences)),
    }


def _of(title: str, text: str | None) -> str:
    return f"{title}: {text}" if text else ""


def _assessed(text: GoalText, language: Language) -> str:
    """What the office makes of a goal, the cause first."""
    said = [] if text.influence is None else [choice(text.influence, language) + "."]
    return " ".join([*said, *([text.assessment] if text.assessment else [])])
