"""How sign-in is configured: by the environment, or by the framework's own file `.streamlit/secrets.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from metrics.domain.refusals import OnlyOnThisMachine, SettingNotReadable, SignInIncomplete
from metrics.domain.sign_in import SignInRules, read_roles
from metrics.usecases.remote import is_loopback

PREFIX = "ZUKUNFTSPLAN_"
METADATA, CLIENT, SECRET, COOKIE = (
    PREFIX + name for name in ("OIDC_METADATA_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_COOKIE_SECRET")
)
SCOPE = PREFIX + "OIDC_SCOPE"
PUBLIC, ROLES, CLAIM = PREFIX + "URL", PREFIX + "ROLES", PREFIX + "ROLE_CLAIM"
HOURS, IDLE, AUDIT = PREFIX + "SESSION_HOURS", PREFIX + "IDLE_MINUTES", PREFIX + "AUDIT_DAYS"
CALLBACK = "/oauth2callback"
SHORTEST_COOKIE_SECRET = 32
LONGEST_HOURS = 24 * 30
"""The framework's cookie lasts thirty days."""


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """Where people sign in and what counts. `auth` is the framework's section; secrets are left out when shown."""

    auth: Mapping[str, Any] = field(repr=False)
    rules: SignInRules
    public_url: str

    @property
    def https(self) -> bool:
        """Whether the program is reached over https."""
        return self.public_url.startswith("https://")


def sign_in_settings(environment: Mapping[str, str], secret_files: Iterable[Path] = ()) -> SignInSettings | None:
    """The settings of the sign-in; None where none is configured.

    Raises SignInIncomplete, SettingNotReadable, RolesNotReadable.
    """
    auth = _from_environment(environment) or _from_files(secret_files)
    if auth is None:
        return None
    if not environment.get(ROLES, "").strip():
        raise SignInIncomplete(missing=ROLES)
    rules = SignInRules(
        roles=read_roles(environment[ROLES]),
        role_claim=environment.get(CLAIM, "").strip() or "groups",
        max_age=timedelta(hours=_number(environment, HOURS, 10, LONGEST_HOURS)),
        idle=timedelta(minutes=_number(environment, IDLE, 60, LONGEST_HOURS * 60)),
    )
    return SignInSettings(auth, rules, str(auth["redirect_uri"]).removesuffix(CALLBACK))


def audit_days(environment: Mapping[str, str]) -> int:
    """How many days what is noted about sign-ins and rights is kept. Raises SettingNotReadable."""
    return max(1, round(_number(environment, AUDIT, 90, 3650)))


def refuse_other_machines(address: str | None, *, signed_in: bool) -> None:
    """Raise OnlyOnThisMachine where a server without sign-in would listen on anything but loopback."""
    if not signed_in and not is_loopback(address):
        raise OnlyOnThisMachine(address=address or "0.0.0.0")  # noqa: S104 - what the server takes for no address


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any] | None:
    names = (METADATA, CLIENT, SECRET, COOKIE, PUBLIC)
    given = {name: _given(environment, name) for name in names}
    if not any(given[name] for name in (METADATA, CLIENT, SECRET, COOKIE)):
        return None
    missing = [name for name in names if not given[name]]
    if missing:
        raise SignInIncomplete(missing=", ".join(missing))
    if len(given[COOKIE]) < SHORTEST_COOKIE_SECRET:
        raise SettingNotReadable(name=COOKIE, value=f"< {SHORTEST_COOKIE_SECRET}")
    return {
        "redirect_uri": _web_address(PUBLIC, given[PUBLIC]) + CALLBACK,
        "cookie_secret": given[COOKIE],
        "client_id": given[CLIENT],
        "client_secret": given[SECRET],
        "server_metadata_url": _web_address(METADATA, given[METADATA]),
        "client_kwargs": {"scope": environment.get(SCOPE, "").strip() or "openid email profile"},
    }


def _given(environment: Mapping[str, str], name: str) -> str:
    """A setting, or the content of the file that the setting with `_FILE` names."""
    file = environment.get(name + "_FILE", "").strip()
    if not file:
        return environment.get(name, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingNotReadable(name=name + "_FILE", value=file) from error


def _from_files(files: Iterable[Path]) -> dict[str, Any] | None:
    """The section `[auth]` of the framework's file; the later file counts, as it does for the framework."""
    auth: dict[str, Any] | None = None
    for file in files:
        if file.is_file():
            try:
                auth = tomllib.loads(file.read_text(encoding="utf-8")).get("auth", auth)
            except (OSError, ValueError) as error:
                raise SettingNotReadable(name=file.name, value="TOML") from error
    if auth is None:
        return None
    missing = [name for name in ("redirect_uri", "cookie_secret") if not auth.get(name)]
    if missing:
        raise SignInIncomplete(missing=", ".join(f"[auth] {name}" for name in missing))
    _web_address("[auth] redirect_uri", str(auth["redirect_uri"]))
    return auth


def _web_address(name: str, text: str) -> str:
    address = text.rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingNotReadable(name=name, value=text)
    return address


def _number(environment: Mapping[str, str], name: str, usual: float, most: float) -> float:
    text = environment.get(name, "").strip()
    try:
        number = float(text) if text else usual
    except ValueError as error:
        raise SettingNotReadable(name=name, value=text) from error
    if not 0 < number <= most:
        raise SettingNotReadable(name=name, value=text)
    return number
