"""What somebody has typed and not stored yet."""

from __future__ import annotations


def keep() -> None:
    """Keep what this session has typed, before its sign-in page takes the form's place."""
