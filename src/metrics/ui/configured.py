"""Whether and how people sign in here, as the environment and the framework's settings say."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from metrics.domain.refusals import Refusal
from metrics.locale.words import refusal_sentence
from metrics.usecases.sign_in_settings import (
    PREFIX,
    SignInSettings,
    audit_days,
    refuse_other_machines,
    sign_in_settings,
)


def settings() -> SignInSettings | None:
    """How sign-in is configured; None in local mode. Raises the refusals of `sign_in_settings`."""
    ours = tuple((name, value) for name, value in os.environ.items() if name.startswith(PREFIX))
    return _settings(ours, tuple(st.get_option("secrets.files")))


@cache
def _settings(environment: tuple[tuple[str, str], ...], files: tuple[str, ...]) -> SignInSettings | None:
    return sign_in_settings(dict(environment), [Path(file) for file in files])


def secrets() -> dict[str, Any]:
    """What the framework has to know to sign people in. A faulty configuration gives none; `fault` tells it."""
    found = fault()
    if found is not None:
        print(refusal_sentence(found, "de"), file=sys.stderr)  # noqa: T201 - for whoever starts the server
        return {}
    known = settings()
    return {"auth": dict(known.auth)} if known else {}


def fault() -> Refusal | None:
    """Why this server must show nothing at all: sign-in misconfigured, or none and open to other machines."""
    try:
        found = settings()
        audit_days(os.environ)
        refuse_other_machines(st.get_option("server.address"), signed_in=found is not None)
    except Refusal as refusal:
        return refusal
    return None


def local() -> bool:
    """Whether the program runs for one person on one machine, without sign-in."""
    return settings() is None


def kept_days() -> int:
    """How many days what is noted about sign-ins is kept. It outlives them: by it an old cookie is told from a new one.

    Raises the refusals of `settings` and `audit_days`.
    """
    found = settings()
    return max(audit_days(os.environ), found.rules.max_age.days + 2 if found else 1)
