"""`python -m tests.browser.openid_provider PORT FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.browser.openid_provider import project

port, folder = int(sys.argv[1]), Path(sys.argv[2])
project.configure(folder, f"http://127.0.0.1:{port}")
project.found()
project.serve(port)
