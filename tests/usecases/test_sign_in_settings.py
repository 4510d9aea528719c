"""How sign-in is configured, and what is refused at the start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from metrics.domain.people import Role
from metrics.domain.refusals import OnlyOnThisMachine, RolesNotReadable, SettingNotReadable, SignInIncomplete
from metrics.usecases.sign_in_settings import audit_days, refuse_other_machines, sign_in_settings

SECRET = "0123456789" * 4
WHOLE = {
    "ZUKUNFTSPLAN_OIDC_METADATA_URL": "https://anmeldung.example/.well-known/openid-configuration",
    "ZUKUNFTSPLAN_OIDC_CLIENT_ID": "zukunftsplan",
    "ZUKUNFTSPLAN_OIDC_CLIENT_SECRET": "geheim",
    "ZUKUNFTSPLAN_OIDC_COOKIE_SECRET": SECRET,
    "ZUKUNFTSPLAN_URL": "https://plan.stadt.example/",
    "ZUKUNFTSPLAN_ROLES": "zk-amt=staff",
}


def test_the_whole_configuration_gives_the_framework_its_section_and_shows_no_secret() -> None:
    found = sign_in_settings(WHOLE)
    assert found is not None
    assert found.auth["redirect_uri"] == "https://plan.stadt.example/oauth2callback"
    assert (found.public_url, found.https) == ("https://plan.stadt.example", True)
    assert (found.rules.max_age, found.rules.idle) == (timedelta(hours=10), timedelta(minutes=60))
    assert (found.rules.roles, found.rules.role_claim) == ({"zk-amt": Role.staff}, "groups")
    assert SECRET not in repr(found)
    assert "geheim" not in repr(found)


def test_without_any_of_it_the_program_is_local() -> None:
    assert sign_in_settings({"ZUKUNFTSPLAN_URL": "https://plan.stadt.example", "ZUKUNFTSPLAN_ROLES": "a=staff"}) is None


@pytest.mark.parametrize("name", WHOLE)
def test_half_a_configuration_is_refused_and_names_what_is_missing(name: str) -> None:
    with pytest.raises(SignInIncomplete) as refused:
        sign_in_settings({key: value for key, value in WHOLE.items() if key != name})
    assert refused.value.data["missing"] == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZUKUNFTSPLAN_URL", "plan.stadt.example"),
        ("ZUKUNFTSPLAN_URL", "javascript://plan"),
        ("ZUKUNFTSPLAN_OIDC_METADATA_URL", "anmeldung"),
        ("ZUKUNFTSPLAN_OIDC_COOKIE_SECRET", "kurz"),
        ("ZUKUNFTSPLAN_SESSION_HOURS", "zehn"),
        ("ZUKUNFTSPLAN_SESSION_HOURS", "0"),
        ("ZUKUNFTSPLAN_SESSION_HOURS", "nan"),
        ("ZUKUNFTSPLAN_SESSION_HOURS", "1000"),
        ("ZUKUNFTSPLAN_IDLE_MINUTES", "-5"),
        ("ZUKUNFTSPLAN_OIDC_CLIENT_SECRET_FILE", "/gibt/es/nicht"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingNotReadable) as refused:
        sign_in_settings(WHOLE | {name: value})
    assert refused.value.data["name"] == name


def test_a_wrong_role_is_refused() -> None:
    with pytest.raises(RolesNotReadable):
        sign_in_settings(WHOLE | {"ZUKUNFTSPLAN_ROLES": "zk-amt=chef"})


def test_secrets_may_lie_in_files(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("aus der Datei\n", encoding="utf-8")
    files = {"ZUKUNFTSPLAN_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "client"), "ZUKUNFTSPLAN_OIDC_CLIENT_SECRET": ""}
    found = sign_in_settings(WHOLE | files)
    assert found is not None
    assert found.auth["client_secret"] == "aus der Datei"


def test_the_framework_s_own_file_configures_sign_in_too(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(
        '[auth]\nredirect_uri = "https://p.example/oauth2callback"\ncookie_secret = "x"\n', encoding="utf-8"
    )
    found = sign_in_settings({"ZUKUNFTSPLAN_ROLES": "a=staff"}, [tmp_path / "none.toml", file])
    assert found is not None
    assert found.public_url == "https://p.example"
    with pytest.raises(SignInIncomplete):
        sign_in_settings({}, [file])
    file.write_text("[auth", encoding="utf-8")
    with pytest.raises(SettingNotReadable):
        sign_in_settings({"ZUKUNFTSPLAN_ROLES": "a=staff"}, [file])


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::", "plan.stadt.example", None])  # noqa: S104
def test_without_sign_in_no_other_machine_is_served(address: str | None) -> None:
    with pytest.raises(OnlyOnThisMachine):
        refuse_other_machines(address, signed_in=False)
    refuse_other_machines(address, signed_in=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.7"])
def test_loopback_is_served_without_sign_in(address: str) -> None:
    refuse_other_machines(address, signed_in=False)


def test_how_long_notes_are_kept_can_be_set() -> None:
    assert audit_days({}) == 90
    assert audit_days({"ZUKUNFTSPLAN_AUDIT_DAYS": "30"}) == 30
    with pytest.raises(SettingNotReadable):
        audit_days({"ZUKUNFTSPLAN_AUDIT_DAYS": "immer"})
