"""Limits of a plan in words: what is too much and when, what a change costs, and what has to be changed at least."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from metrics.domain.measures import DependencyKind
from metrics.domain.periods import is_quarter
from metrics.domain.portfolio.finding import Shortage, WorstPeriod
from metrics.domain.portfolio.from_plan import POT, LeftOut, PlanProblem, Unheld
from metrics.domain.portfolio.limits import BrokenDependency, Parallel
from metrics.domain.portfolio.moves import Move, MoveKind
from metrics.domain.portfolio.no_relief import NoRelief, Reason
from metrics.domain.portfolio.problem import Bucket, Overload, Problem
from metrics.domain.portfolio.relief import Proof, Relief
from metrics.locale.catalogue import Language, translate, translate_plural
from metrics.locale.formats import euros, number, partial_date, percent, quarter
from metrics.locale.names import choice

NAMED = 5
"""Measures or groups that a sentence names."""


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id, and the periods of the problem."""

    measures: Mapping[str, str]
    groups: Mapping[str, str]
    pots: Mapping[str, str]
    goals: Mapping[str, str]
    periods: Sequence[str]
    language: Language

    def measure(self, identifier: str) -> str:
        """A measure's title."""
        return self.measures.get(identifier, identifier)

    def resource(self, identifier: str) -> str:
        """A group's or funding pot's title, by the id of a resource."""
        if identifier.startswith(POT):
            pot_id = identifier.removeprefix(POT)
            return self.pots.get(pot_id, pot_id)
        return self.groups.get(identifier, identifier)

    def period(self, index: int) -> str:
        """The period of an index."""
        return period_name(self.periods[index], self.language)


def period_name(period: str, language: Language) -> str:
    """A quarter or month: "2. Quartal 2027", "März 2027"."""
    return quarter(period, language) if is_quarter(period) else partial_date(period, language)


def headline(
    plan: PlanProblem,
    worst: WorstPeriod | None,
    overloads: Sequence[Overload],
    broken: Sequence[BrokenDependency],
    too_many: bool,
    names: Names,
) -> str:
    """The one sentence on top: what the office lacks most; that all fits is said only of what was reckoned and fits.

    `too_many`: whether more measures run at once than the office wants.
    """
    if worst is not None:
        return worst_sentence(worst, names)
    language = names.language
    if not plan.starts:
        return translate("Es gibt nichts zu rechnen: Ab heute zählt kein Bedarf einer Maßnahme.", language)
    if overloads:
        told = {"stelle": overload_sentence(overloads[0], plan.problem, names)}
        return translate("Die Zeit reicht, das Geld nicht: {stelle}.", language, **told)
    if broken:
        told = {"stelle": broken_sentence(broken[0], names)}
        return translate("Zeit und Geld reichen, aber {stelle}.", language, **told)
    if too_many:
        return translate("Zeit und Geld reichen, aber es laufen mehr Maßnahmen zugleich, als das Amt will.", language)
    return translate("Die Zeit reicht: In keinem Zeitraum ist mehr verplant, als da ist.", language)


def worst_sentence(worst: WorstPeriod, names: Names) -> str:
    """When the plan needs how many more people, and where."""
    language = names.language
    told: dict[str, object] = {
        "zeit": period_name(worst.period, language),
        "gruppen": listed([names.groups.get(one.group_id, one.group_id) for one in worst.groups], names),
    }
    if worst.fte is None:
        told["tage"] = lack_told(worst.days, language)
        return translate(
            "Der Plan braucht im {zeit} {tage} Personentage mehr, als da sind; es klemmt bei {gruppen}.",
            language,
            **told,
        )
    if round(worst.fte, 1) == 1.0:
        return translate(
            "Der Plan braucht im {zeit} eine Vollzeitkraft mehr, als da ist; es klemmt bei {gruppen}.", language, **told
        )
    told["kraefte"] = lack_told(worst.fte, language)
    return translate(
        "Der Plan braucht im {zeit} {kraefte} Vollzeitkräfte mehr, als da sind; es klemmt bei {gruppen}.",
        language,
        **told,
    )


def lack_told(lack: float, language: Language) -> str:
    """Person-days or full-time equivalents: one decimal place, two where one would make a lack look like none.

    Never 0 for what is above 0: what two places cannot show is told as less than 0.01.
    """
    if 0 < lack < 0.005:
        return translate("unter {zahl}", language, zahl=number(0.01, language, 2))
    return number(lack, language, 2 if 0 < lack < 0.05 else 1)


def shortage_sentence(found: Shortage, names: Names) -> str:
    """When and where how much time is lacking, and by which measures."""
    language = names.language
    told: dict[str, object] = {
        "zeit": period_name(found.period, language),
        "gruppe": names.groups.get(found.group_id, found.group_id),
        "tage": lack_told(found.days, language),
        "massnahmen": demand_list(found.demand_of, names),
    }
    if found.fte is None:
        return translate("{zeit}, {gruppe}: niemand da für {tage} Personentage ({massnahmen})", language, **told)
    told["kraefte"] = lack_told(found.fte, language)
    return translate(
        "{zeit}, {gruppe}: {tage} Personentage zu viel, das sind {kraefte} Vollzeitkräfte ({massnahmen})",
        language,
        **told,
    )


def overload_sentence(found: Overload, problem: Problem, names: Names) -> str:
    """A bucket that is asked for too much, of time or of money."""
    language = names.language
    resource = problem.resources[found.bucket.resource_id]
    if found.bucket.resource_id.startswith(POT):
        period = names.periods[resource.bucket_of.index(found.bucket.index)]
        told: dict[str, object] = {
            "jahr": period[:4],
            "topf": names.resource(found.bucket.resource_id),
            "betrag": euros(found.excess, language),
            "massnahmen": money_list(found.demand_of, names),
        }
        return translate("{jahr}, {topf}: {betrag} mehr geplant, als da sind ({massnahmen})", language, **told)
    told = {
        "zeit": bucket_name(found.bucket, problem, names),
        "tage": lack_told(found.excess, language),
        "massnahmen": demand_list(found.demand_of, names),
    }
    return translate("{zeit}: {tage} Personentage zu viel ({massnahmen})", language, **told)


def bucket_name(bucket: Bucket, problem: Problem, names: Names) -> str:
    """When and of what a bucket is: "2. Quartal 2027, Projekte", "2028, Topf"."""
    resource = problem.resources[bucket.resource_id]
    first = resource.bucket_of.index(bucket.index)
    when = names.periods[first][:4] if bucket.resource_id.startswith(POT) else names.period(first)
    return f"{when}, {names.resource(bucket.resource_id)}"


def demand_list(demand_of: Mapping[str, float], names: Names) -> str:
    """Measures with their person-days, the largest first; the rest as a number."""
    return _counted(demand_of, names, [number(days, names.language, 1) for days in demand_of.values()])


def money_list(demand_of: Mapping[str, float], names: Names) -> str:
    """Measures with their euros, the largest first; the rest as a number."""
    return _counted(demand_of, names, [euros(round(amount), names.language) for amount in demand_of.values()])


def parallel_sentence(parallel: Parallel, limit: int, names: Names) -> str | None:
    """How many measures run at once beyond the office's own limit; None where it is kept."""
    if not parallel.broken:
        return None
    told = {"grenze": limit, "zeiten": listed([names.period(index) for index in parallel.broken], names)}
    return translate_plural(
        "Bis zu {number} Maßnahme läuft zugleich, das Amt will höchstens {grenze}: {zeiten}",
        "Bis zu {number} Maßnahmen laufen zugleich, das Amt will höchstens {grenze}: {zeiten}",
        parallel.most,
        names.language,
        **told,
    )


def move_sentence(move: Move, names: Names) -> str:
    """What becomes of a measure."""
    told: dict[str, object] = {"titel": names.measure(move.candidate_id)}
    language = names.language
    if move.kind is MoveKind.drop or move.start is None:
        return translate("„{titel}“ streichen", language, **told)
    if move.kind is MoveKind.slim and not move.delay:
        return translate(
            "„{titel}“ auf {anteil} des Aufwands kürzen", language, anteil=percent(move.share, language), **told
        )
    told["beginn"] = names.period(move.start)
    if move.kind is MoveKind.slim:
        told["anteil"] = percent(move.share, language)
        return translate(
            "„{titel}“ auf {anteil} des Aufwands kürzen und verschieben, Beginn {beginn}", language, **told
        )
    if is_quarter(names.periods[0]):
        return translate_plural(
            "„{titel}“ um {number} Quartal verschieben, Beginn {beginn}",
            "„{titel}“ um {number} Quartale verschieben, Beginn {beginn}",
            move.delay,
            language,
            **told,
        )
    return translate_plural(
        "„{titel}“ um {number} Monat verschieben, Beginn {beginn}",
        "„{titel}“ um {number} Monate verschieben, Beginn {beginn}",
        move.delay,
        language,
        **told,
    )


def cost_sentence(move: Move, left_alone: Sequence[str], names: Names) -> str:
    """What a move costs: Nutzwert, and goals that nothing else serves."""
    language = names.language
    if move.loss > 0:
        parts = [translate("kostet {wert} Nutzwert", language, wert=number(move.loss, language, 2))]
    else:
        parts = [translate("kostet keinen Nutzwert, nur Zeit", language)]
    if left_alone:
        goals = listed([names.goals.get(goal, goal) for goal in left_alone], names)
        parts.append(translate("danach dient keine geplante Maßnahme mehr: {ziele}", language, ziele=goals))
    return "; ".join(parts)


def relief_sentence(relief: Relief, language: Language) -> str:
    """How many measures have to be changed, and how sure that is."""
    if not relief.moves:
        return translate("Alles passt: Es muss nichts geändert werden.", language)
    told: dict[str, object] = {"mindestens": relief.bound}
    if relief.proof is Proof.bounded:
        return translate_plural(
            "Mit {number} geänderten Maßnahme passt der Plan; bewiesen ist mindestens {mindestens}.",
            "Mit {number} geänderten Maßnahmen passt der Plan; bewiesen sind mindestens {mindestens}.",
            relief.touched,
            language,
            **told,
        )
    sentence = translate_plural(
        "Es genügt, eine Maßnahme zu ändern; ganz ohne Änderung passt der Plan nicht.",
        "Es genügt, {number} Maßnahmen zu ändern; mit weniger passt der Plan nicht.",
        relief.touched,
        language,
    )
    if relief.proof is Proof.fewest:
        sentence += " " + translate("Ob es mit weniger Verlust geht, ist in der Zeit nicht bewiesen.", language)
    return sentence


def no_relief_sentences(found: NoRelief, problem: Problem, names: Names) -> list[str]:
    """Why nothing helps: what is left over when only those measures are kept that have to stay."""
    language = names.language
    if found.reason is Reason.out_of_time:
        return [translate("In der gegebenen Zeit wurde kein Ausweg gefunden. Lösen Sie eine Festlegung.", language)]
    told = {"massnahmen": listed([names.measure(one) for one in found.kept], names)}
    first = translate("Es gibt keinen Ausweg, solange diese Maßnahmen bleiben müssen: {massnahmen}.", language, **told)
    lines = [overload_sentence(one, problem, names) for one in found.overloads]
    lines += [broken_sentence(one, names) for one in found.dependencies]
    if found.periods:
        times = listed([names.period(index) for index in found.periods], names)
        lines.append(translate("Zu viele Maßnahmen zugleich: {zeiten}", language, zeiten=times))
    return [first, *lines]


def broken_sentence(found: BrokenDependency, names: Names) -> str:
    """A dependency that the plan breaks."""
    told = {"titel": names.measure(found.first), "andere": names.measure(found.second)}
    if found.kind is DependencyKind.after:
        return translate("„{titel}“ beginnt, bevor „{andere}“ zu Ende ist", names.language, **told)
    if found.kind is DependencyKind.requires:
        return translate("„{titel}“ braucht „{andere}“, die nicht dabei ist", names.language, **told)
    return translate("„{titel}“ und „{andere}“ schließen sich aus", names.language, **told)


def unheard_sentence(count: int, language: Language) -> str | None:
    """That own demands do not count because their group is an example; None if none is lost that way."""
    if not count:
        return None
    return translate_plural(
        "{number} eigener Bedarf zählt nicht mit, weil seine Gruppe ein Beispielwert ist. Bitte legen Sie sie an.",
        "{number} eigene Bedarfe zählen nicht mit, weil ihre Gruppen Beispielwerte sind. Bitte legen Sie sie an.",
        count,
        language,
    )


def left_out_sentences(left_out: Mapping[str, LeftOut], names: Names) -> list[str]:
    """Measures of whose place nothing can be said, by reason."""
    language = names.language
    found = []
    for reason in dict.fromkeys(left_out.values()):
        titles = [names.measure(one) for one, why in left_out.items() if why is reason]
        told = {"grund": choice(reason, language), "massnahmen": listed(titles, names)}
        found.append(
            translate_plural(
                "{number} Maßnahme zählt nicht mit ({grund}): {massnahmen}",
                "{number} Maßnahmen zählen nicht mit ({grund}): {massnahmen}",
                len(titles),
                language,
                **told,
            )
        )
    return found


def estimated_sentence(estimated: Iterable[str], rated: bool, names: Names) -> str | None:
    """Which measures nobody has rated, and what they count; None if all are rated."""
    titles = [names.measure(one) for one in sorted(estimated)]
    if not titles:
        return None
    if not rated:
        return translate("Noch ist nichts bewertet: Jede Maßnahme zählt gleich viel.", names.language)
    return translate_plural(
        "{number} Maßnahme ist nicht bewertet und zählt wie die mittlere: {massnahmen}",
        "{number} Maßnahmen sind nicht bewertet und zählen wie die mittlere: {massnahmen}",
        len(titles),
        names.language,
        massnahmen=listed(titles, names),
    )


def unheld_sentence(found: Unheld, names: Names) -> str:
    """A dependency that cannot be held because nothing can be said of the other measure's place."""
    told = {
        "titel": names.measure(found.measure_id),
        "andere": names.measure(found.other_id),
        "art": choice(found.dependency, names.language),
    }
    return translate(
        "„{titel}“ hängt ab von „{andere}“ ({art}), die keinen Bedarf im Zeitraum hat; das ist nicht geprüft.",
        names.language,
        **told,
    )


def _counted(demand_of: Mapping[str, float], names: Names, amounts: Sequence[str]) -> str:
    told = [f"{names.measure(one)} {amount}" for one, amount in zip(demand_of, amounts, strict=True)]
    return listed(told, names)


def listed(titles: Sequence[str], names: Names) -> str:
    """The first five, and how many more."""
    rest = len(titles) - NAMED
    if rest <= 0:
        return ", ".join(titles)
    return ", ".join([*islice(titles, NAMED), translate("{zahl} weitere", names.language, zahl=rest)])
