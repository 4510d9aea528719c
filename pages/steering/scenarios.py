"""Scenarios: what if, side by side with the plan; talked over, decided, and carried out as changes of the plan."""

from __future__ import annotations

from metrics.domain.scenarios import Scenario
from metrics.ui import cards, navigation, plan, scenario_cards, scenario_sheet
from metrics.ui.session import _, person
from metrics.usecases.access import Right


def page() -> None:
    """All scenarios of the plan, or the one that the address asks for."""
    cards.stand()
    known = plan.entries(Scenario)
    asked = navigation.asked_id()
    if asked and asked in known:
        scenario_sheet.show(known[asked])
        return
    if asked:
        cards.nothing_here(_("Ein Szenario mit der Kennung „{kennung}“ gibt es nicht (mehr).", kennung=asked))
    if known:
        scenario_cards.draw()
    else:
        cards.nothing_here(
            _("Der Plan hat noch kein Szenario. Was wäre, wenn zwei Stellen dazukämen oder eine Förderung endet?")
        )
    if person().may(Right.edit_plan):
        scenario_sheet.edit("", _("Neues Szenario anlegen"))
