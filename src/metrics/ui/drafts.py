"""Drafts that last: what is typed and not stored survives a reload, a sign-in that ran out, and a stopped server."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from metrics.domain.refusals import Refusal
from metrics.ui import draft_shelf, forms, grid_draft


def keep() -> None:
    """Keep what is typed in all open forms and grids of the session, as far as it changed; safe when none is open.

    Called when a run begins, because it may be cut short (what was typed is in the session by then), and when it ends,
    because a form may have been stored or given up. Costs no look into the store while nothing changes.
    """
    with suppress(Refusal):  # what is typed still stands in the session, and the page says what is wrong with the store
        draft_shelf.look()
        draft_shelf.keep(_contents())


def _contents() -> dict[str, dict[str, Any]]:
    """What stands in every touched form and grid, by its name."""
    return forms.contents() | grid_draft.contents()
