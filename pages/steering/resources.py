"""Resources: what the plan asks for, against what the office has, and how far its limits reach."""

from __future__ import annotations

from metrics.ui import (
    capacity_cards,
    cards,
    choice_cards,
    demand_grid,
    limits_cards,
    load_cards,
    money_cards,
    navigation,
    overlap_cards,
    resource_view,
    schedule_cards,
)
from metrics.ui.session import _, _n, with_examples
from metrics.ui.views import chosen_view

VIEW_KEY = "res_ansicht"


def page() -> None:
    """The finding first; then one of the views: load and limits, time, money, overlaps, and what they are made of."""
    demand_grid.attend()
    cards.stand()
    _selection()
    groups, _demands = resource_view.counted_inputs(with_examples())
    if groups:
        limits_cards.headline()
    else:
        cards.nothing_here(
            _("Noch keine Gruppe mit Kapazität. Legen Sie eine an: Stellen, Tage, Abwesenheit, Grundlast.")
        )
    views = {
        "last": (_("Auslastung"), _load),
        "zeitplan": (_("Zeitplan"), schedule_cards.draw),
        "geld": (_("Geld"), money_cards.draw),
        "schnittstellen": (_("Schnittstellen"), overlap_cards.draw),
        "auswahl": (_("Beste Auswahl"), choice_cards.draw),
        "kapazitaet": (_("Kapazität und Bedarf"), capacity_cards.draw),
    }
    titles = {name: title for name, (title, _draw) in views.items()}
    views[chosen_view(titles, VIEW_KEY, first=None if groups else "kapazitaet")][1]()


def _load() -> None:
    if resource_view.counted_inputs(with_examples())[0]:
        beside = limits_cards.draw()
        load_cards.draw()
        if beside is not None:
            limits_cards.way_out(beside)


def _selection() -> None:
    """The measures that were caught in the matrix, if the address names any."""
    chosen = navigation.asked_ids()
    rows = resource_view.selection_rows(chosen) if chosen else []
    if not rows:
        return
    with cards.card(_n("Auswahl: {number} Maßnahme", "Auswahl: {number} Maßnahmen", len(rows))):
        cards.values(rows, alt=_("Bedarf der ausgewählten Maßnahmen"), key="ressourcen_auswahl", file_name="auswahl")
        navigation.link("resources", _("Auswahl aufheben"), icon=":material/close:")
