"""The handbook tells the roles and rights that the program has."""

from __future__ import annotations

from tests.handbook import chapter
from tests.handbook_roles import written


def test_the_chapter_on_roles_is_as_the_program_would_write_it() -> None:
    assert chapter("rollen") == written(), "python -m tests.handbook_roles writes it anew"
