"""The mail server that reminders are handed to: one for a module, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail_server import MailServer, mail_server


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    """A running server."""
    with mail_server() as server:
        yield server


@pytest.fixture
def server(post: MailServer) -> MailServer:
    """The module's server without mails and faults of an earlier test."""
    post.received.clear()
    post.faults.clear()
    post.every = None
    return post
