"""The handbook's chapter on roles: its tables are the program's. `python -m tests.handbook_roles` writes them anew."""

from __future__ import annotations

from metrics.domain.people import Role
from metrics.locale.names import choice
from metrics.usecases.access import REQUIRED, RIGHTS, Right
from pages.frame import table
from tests.handbook import CHAPTERS, chapter

MARK = "<!-- Ab hier schreibt das Programm: python -m tests.handbook_roles -->"


def tables() -> str:
    """Roles and rights, pages and rights, use cases and rights."""
    roles = list(Role)
    parts = ["## Rollen und Rechte", _row("Recht", *(choice(role, "de") for role in roles)), _line(len(roles) + 1)]
    parts += [_row(choice(right, "de"), *("ja" if right in RIGHTS[role] else "–" for role in roles)) for right in Right]
    parts += ["", "## Seiten und Rechte", _row("Seite", "Recht"), _line(2)]
    parts += [_row(one.title, choice(one.right, "de") if one.right else "Zugang einer Runde") for one in table()]
    parts += ["", "## Anwendungsfälle und Rechte", _row("Anwendungsfall", "Recht"), _line(2)]
    parts += [_row(f"`{name}`", choice(right, "de")) for name, right in sorted(REQUIRED.items())]
    return "\n".join(parts) + "\n"


def written() -> str:
    """The chapter as it should stand: its introduction, then the tables."""
    return chapter("rollen").split(MARK)[0] + MARK + "\n\n" + tables()


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _line(columns: int) -> str:
    return "|" + "---|" * columns


if __name__ == "__main__":
    (CHAPTERS / "rollen.md").write_text(written(), encoding="utf-8")
