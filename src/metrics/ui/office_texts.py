"""The words of the page of methods on time and money; every border and constant in them is the domain's own."""

from __future__ import annotations

from metrics.domain.load import FULL, TIGHT
from metrics.domain.portfolio.choice import PROVEN_GAP
from metrics.domain.portfolio.from_plan import MOST_AHEAD
from metrics.domain.portfolio.moves import SLIM_SHARES
from metrics.domain.resources import CapacityGroup
from metrics.locale.formats import percent
from metrics.ui.session import _, language


def capacity_texts() -> list[str]:
    """What is free for measures, and when it is too little."""
    usual = float(CapacityGroup.model_fields["base_load_share"].default)
    return [
        _("Frei für Maßnahmen ist: Vollzeitkräfte × Arbeitstage × (1 − Abwesenheit) × (1 − Grundlast). Grundlast ist "
          "das Tagesgeschäft; ohne andere Angabe sind es {base}, nie null. Stellen mit Eintritt, Austritt oder "
          "Befristung zählen für die Monate, in denen jemand da ist.", base=percent(usual, language())),
        _("Auslastung ist Bedarf ÷ freie Zeit: bis {tight} Spielraum, bis {full} knapp, darüber überlastet. Geld zählt "
          "je Topf und Jahr; ein Topf, von dem niemand weiß, was er enthält, ist keine Grenze.",
          tight=percent(TIGHT, language()), full=percent(FULL, language())),
    ]  # fmt: skip


def limits_texts() -> list[str]:
    """What counts as too much, and what is counted at all."""
    return [
        _("Zu viel ist, was in einem Zeitraum einer Gruppe oder im Jahr eines Topfes über das Vorhandene hinausgeht. "
          "Gerechnet wird ab dem laufenden Zeitraum bis ein Jahr nach dem letzten Bedarf, höchstens {most} Zeiträume. "
          "Fehlende Vollzeitkräfte sind die Personentage zu viel ÷ die freien Tage einer Stelle der Gruppe.",
          most=MOST_AHEAD),
        _("Der Nutzwert einer Maßnahme kommt aus der neuesten Runde, die nicht mehr offen ist. Wer dort fehlt, zählt "
          "wie die mittlere der bewerteten; das steht dabei."),
    ]  # fmt: skip


def relief_texts() -> list[str]:
    """How the way out is found, and what of it is proven."""
    shares = " / ".join(percent(share, language()) for share in SLIM_SHARES)
    return [
        _("Der Ausweg ändert so wenige Maßnahmen wie möglich: verschieben, kürzen (auf {shares} des Aufwands, mit "
          "ebenso viel weniger Nutzwert) oder streichen. Unter gleich vielen zählt der kleinste Verlust an Nutzwert, "
          "dann die kleinste Verspätung. Pflicht wird nie gestrichen, Festgelegtes nicht angerührt.", shares=shares),
        _("„Mit weniger passt der Plan nicht“ steht nur da, wo eine untere Schranke das beweist. Gibt es keinen "
          "Ausweg, wird der Widerspruch genannt."),
    ]  # fmt: skip


def choice_texts() -> list[str]:
    """How the best choice is found, and when it is called so."""
    return [
        _("Gesucht ist die Auswahl mit der größten Summe der Nutzwerte, die Zeit, Geld, Abhängigkeiten und Zeitfenster "
          "einhält: ein ganzzahliges Programm, gelöst von HiGHS, wahlweise von CP-SAT. Was schon läuft, behält seine "
          "Zeit, darf aber entfallen, wenn es weder Pflicht noch festgelegt ist."),
        _("Die Lücke ist (Schranke − Nutzwert) ÷ Nutzwert. Bis {gap} heißt es „bewiesen bestmöglich“, sonst „höchstens "
          "x % besser möglich“, aufgerundet. Passt nicht einmal, was Pflicht oder festgelegt ist, wird die kleinste "
          "Gruppe von Maßnahmen genannt, die sich im Weg steht.", gap=percent(PROVEN_GAP, language(), 2)),
    ]  # fmt: skip
