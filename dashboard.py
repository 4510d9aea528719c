"""The launcher: what happens once per process. What happens once per rerun stands in pages/frame.py.

Started by `zukunftsplan serve`, `streamlit run dashboard.py`, `uvicorn dashboard:app` or `python dashboard.py`.
The main script is pages/frame.py and not this file: beside a folder `pages/` the framework would serve each file in
it under its own address, past the main script and whatever it checks.
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

import streamlit as st
from starlette.middleware import Middleware

from metrics.ui import runtime
from metrics.ui.shell import Shell

ROOT = Path(__file__).resolve().parent
os.chdir(ROOT)  # the settings in .streamlit and the package `pages` are found from wherever the server was started
sys.path.insert(0, str(ROOT))


def warm_up() -> None:
    """Import every page with all it needs and open the store, so that the first visitor does not wait for it."""
    for module in pkgutil.walk_packages([str(ROOT / "pages")], prefix="pages."):
        if module.name != "pages.frame":  # the main script: it runs once per rerun, not now
            import_module(module.name)
    runtime.start()
    # What lives until the end of the process need not be looked at by every garbage collection.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """From the first breath to the last: the store is open in between."""
    await asyncio.to_thread(warm_up)
    try:
        yield
    finally:
        await asyncio.to_thread(runtime.stop)


app = st.App(
    ROOT / "pages" / "frame.py",
    lifespan=lifespan,
    middleware=[Middleware(Shell)],
    routes=runtime.control_routes(),
)

if __name__ == "__main__":
    app.run()
