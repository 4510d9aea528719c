"""The address under which other programs fetch somebody's calendar."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from metrics.domain.refusals import Refusal
from metrics.store.ledger import Store
from metrics.ui.session import today
from metrics.usecases.calendar_serving import calendar_of

CALENDAR_PATH = "/kalender/{secret}.ics"


def calendar_routes(get_store: Callable[[], Store]) -> list[Route]:
    """The route of the running app; `get_store` gives the open store."""

    async def calendar(request: Request) -> Response:
        try:
            text = await to_thread.run_sync(_text, get_store, request.path_params["secret"])
        except Refusal:  # whatever is in the way: who guesses learns nothing
            return PlainTextResponse("Not found", 404)
        tag = '"' + hashlib.sha256(text).hexdigest()[:32] + '"'
        headers = {"ETag": tag, "Cache-Control": "private, max-age=900"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="zukunftsplan.ics"'
        return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)

    return [Route(CALENDAR_PATH, calendar, methods=["GET"])]


def _text(get_store: Callable[[], Store], secret: str) -> bytes:
    return calendar_of(get_store(), secret, os.environ, today())
