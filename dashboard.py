"""The launcher: what happens once per process. What happens once per rerun stands in pages/frame.py.

Started by `zukunftsplan serve`, `streamlit run dashboard.py`, `uvicorn dashboard:app` or `python dashboard.py`.
The main script is pages/frame.py: beside a folder `pages/` the framework would serve each file in it past the script.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pkgutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from metrics.ui import configured, doors, gate, plan, runtime
from metrics.ui.shell import Shell

ROOT = Path(__file__).resolve().parent
os.chdir(ROOT)  # the settings in .streamlit and the package `pages` are found from wherever the server was started
sys.path.insert(0, str(ROOT))
warm = asyncio.Event()


def warm_up() -> None:
    """Open the store, judge the plan and import every page with all it needs, so that no later visitor waits for it."""
    plan.start()
    for module in pkgutil.walk_packages([str(ROOT / "pages")], prefix="pages."):
        if module.name != "pages.frame":  # the main script: it runs once per rerun, not now
            import_module(module.name)
    import_module("pandas")  # the framework's tables and the store's writing need it
    gc.collect()
    gc.freeze()  # what lives until the end of the process need not be looked at by every garbage collection


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Answer at once and warm up beside it: a browser fetches the framework meanwhile, its session waits for `warm`."""
    warming = asyncio.create_task(asyncio.to_thread(warm_up))
    warming.add_done_callback(lambda _task: warm.set())
    try:
        yield
    finally:
        await asyncio.wait([warming])
        await asyncio.to_thread(runtime.stop)


middleware = [Middleware(Shell, warm=warm), Middleware(doors.Doors)]
told: Any = {"secrets": configured.secrets(), "on_script_error": gate.tell}
app = st.App(ROOT / "pages" / "frame.py", lifespan=lifespan, middleware=middleware, routes=runtime.routes(), **told)

if __name__ == "__main__":
    app.run()
