"""The one store of the running app: opened once, shared by all sessions, closed at the end."""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from metrics.domain.refusals import Refusal
from metrics.store.ledger import Store
from metrics.ui import control
from metrics.ui.calendar_route import calendar_routes
from metrics.ui.configured import kept_days
from metrics.ui.session import now, today
from metrics.usecases.founding import found_store, open_store
from metrics.usecases.signing_in import tidy_up

ROOT = Path(__file__).resolve().parents[3]
DEMO_PLAN = ROOT / "data" / "demo" / "plan.json"

_opening = threading.Lock()
_open: dict[Path, Store] = {}


def database_path() -> Path:
    """Where the store lies: ZUKUNFTSPLAN_DATABASE, or data/zukunftsplan.duckdb in the project."""
    return _resolved(os.environ.get("ZUKUNFTSPLAN_DATABASE", str(ROOT / "data" / "zukunftsplan.duckdb")))


@cache
def _resolved(path: str) -> Path:
    """Asked a hundred times for one page, and each time the disk would be asked for every folder on the way."""
    return Path(path).resolve()


def store() -> Store:
    """The open store; opens it on first use, founding it with the demo plan where there is none.

    Raises the refusals named `Database…`; the next call tries again.
    """
    path = database_path()
    with _opening:
        if path not in _open:
            days = kept_days()
            _open[path] = open_store(path, now()) if path.exists() else found_store(path, DEMO_PLAN, now())
            _open[path].audit_days = days
        return _open[path]


def start() -> None:
    """Open the store and let the command line reach it; a store that cannot be opened is explained on the page."""
    try:
        found = store()
    except Refusal:
        return
    address = st.get_option("server.address") or "127.0.0.1"
    tidy_up(found, today())
    control.write_token(found.path, f"http://{address}:{st.get_option('server.port')}")


def stop() -> None:
    """Close every open store."""
    with _opening:
        for path, found in list(_open.items()):
            control.remove_token(path)
            found.close()
            del _open[path]


def routes() -> list[Route]:
    """What the app answers beside its pages: the start page by its name, calendars, and the command line's route."""
    return [Route("/uebersicht", _to_the_start), *calendar_routes(store), *control.control_routes(store)]


async def _to_the_start(request: Request) -> RedirectResponse:
    """The framework knows its start page without a name only; whoever types the name would find no such page."""
    query = request.url.query
    return RedirectResponse("./" + (f"?{query}" if query else ""))
