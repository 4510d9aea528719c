"""One message and a real mail server: what arrives, what is refused, what stays unknown, and what cannot hang us."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path

import pytest

from metrics.domain.mail import Delivery
from metrics.domain.refusals import MailSettingMissing, MailSettingWrong
from metrics.usecases.mailing import Letter, MailSecurity, MailSettings, as_message, hand_over, read_settings
from tests.mail_server import PASSWORD, USER, Fault, MailServer, certificate, mail_server

LETTER = Letter(
    message_id="<abc@bottrop.example>",
    to="statistik@bottrop.example",
    subject="Zukunftsplan: 2 Aufgaben für Größe",
    body="Guten Tag,\n\n.Punkt am Anfang\nÄußerst überfällig: https://plan.example/eingabe?id=I-ALQ\n",
    written_at=datetime(2026, 11, 30, 6, 0),
    change_at="https://plan.example/konto",
)
GOOD = {
    "ZUKUNFTSPLAN_SMTP_HOST": "post.bottrop.example",
    "ZUKUNFTSPLAN_MAIL_FROM": "plan@bottrop.example",
    "ZUKUNFTSPLAN_URL": "https://plan.example/",
}


def settings_for(server: MailServer, **over: object) -> MailSettings:
    settings = MailSettings(
        "127.0.0.1",
        server.port,
        MailSecurity.none,
        "plan@bottrop.example",
        "https://plan.example",
        step_seconds=0.4,
        most_seconds=1.0,
    )
    return replace(settings, **over)  # type: ignore[arg-type]


def test_a_message_arrives_as_it_was_written(server: MailServer) -> None:
    begun: list[int] = []
    answer = hand_over(settings_for(server), LETTER, lambda: begun.append(len(server.received)))
    (message,) = server.messages
    assert (answer.delivery, begun) == (Delivery.accepted, [0])
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == LETTER.message_id
    assert message["Date"] == "Mon, 30 Nov 2026 06:00:00 +0000"
    assert message["Content-Language"] == "de"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://plan.example/konto>"
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == LETTER.body


@pytest.mark.parametrize(
    ("fault", "expected", "begins"),
    [
        (Fault.refuse_sender_now, Delivery.refused_for_now, False),
        (Fault.refuse_receiver_now, Delivery.refused_for_now, False),
        (Fault.refuse_receiver_for_good, Delivery.refused_for_good, False),
        (Fault.refuse_data_now, Delivery.refused_for_now, False),
        (Fault.refuse_data_for_good, Delivery.refused_for_good, False),
        (Fault.refuse_text_now, Delivery.refused_for_now, True),
        (Fault.refuse_text_for_good, Delivery.refused_for_good, True),
        (Fault.hang_at_greeting, Delivery.not_reached, False),
        (Fault.hang_at_receiver, Delivery.not_reached, False),
        (Fault.drip_at_receiver, Delivery.not_reached, False),
        (Fault.drop_at_receiver, Delivery.not_reached, False),
        (Fault.drop_before_text, Delivery.not_reached, False),
        (Fault.drop_in_text, Delivery.unknown, True),
        (Fault.drop_after_text_unheard, Delivery.unknown, True),
        (Fault.hang_after_text, Delivery.unknown, True),
        (Fault.take_and_drop, Delivery.unknown, True),
        (Fault.take_and_hang, Delivery.unknown, True),
        (Fault.nonsense_after_text, Delivery.unknown, True),
    ],
)
def test_what_came_of_a_hand_over_is_unknown_only_once_the_text_is_on_its_way(
    server: MailServer, fault: Fault, expected: Delivery, begins: bool
) -> None:
    server.faults.append(fault)
    begun: list[bool] = []
    answer = hand_over(settings_for(server), LETTER, lambda: begun.append(True))
    assert (answer.delivery, begun) == (expected, [True] if begins else [])
    assert server.faults == []


def test_a_server_that_is_not_there_is_not_reached(server: MailServer) -> None:
    assert hand_over(settings_for(server, port=9), LETTER, lambda: None).delivery is Delivery.not_reached


def test_no_title_and_no_address_can_add_a_header(server: MailServer) -> None:
    hostile = replace(LETTER, subject="Titel\r\nBcc: alle@example.org\r\n\r\nText")
    hand_over(settings_for(server), hostile, lambda: None)
    (message,) = server.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Titel Bcc: alle@example.org Text"
    for address in ("a@b.example\r\nBcc: c@d.example", "ä@b.example", "a@b.example, c@d.example"):
        with pytest.raises(ValueError, match=r"\S"):
            as_message(replace(LETTER, to=address), "plan@bottrop.example")


def test_a_domain_with_umlauts_is_written_so_that_every_server_takes_it(server: MailServer) -> None:
    answer = hand_over(settings_for(server), replace(LETTER, to="amt@büro.example"), lambda: None)
    assert answer.delivery is Delivery.accepted
    assert parseaddr(str(server.messages[0]["To"]))[1] == "amt@xn--bro-hoa.example"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it does not see TLS from the first byte
@pytest.mark.parametrize("security", [MailSecurity.starttls, MailSecurity.tls])
def test_over_tls_the_password_goes_to_a_server_with_the_right_certificate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: MailSecurity
) -> None:
    context, public = certificate(tmp_path)
    implicit = security is MailSecurity.tls
    with mail_server(tls=context, implicit=implicit, auth=True) as protected:
        known = {"security": security, "user": USER, "password": PASSWORD, "host": "localhost"}
        known |= {"step_seconds": 5.0, "most_seconds": 10.0}
        asked = settings_for(protected, **known)
        assert hand_over(asked, LETTER, lambda: None).delivery is Delivery.not_reached  # nobody vouches for it
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        wrong = hand_over(replace(asked, password="falsch"), LETTER, lambda: None)
        assert wrong.delivery is Delivery.not_reached
        assert "535" in (wrong.detail or "")
        assert "falsch" not in (wrong.detail or "")
        assert protected.received == []
        assert hand_over(asked, LETTER, lambda: None).delivery is Delivery.accepted
        assert len(protected.received) == 1


def test_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, public = certificate(tmp_path, "anders.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with mail_server(tls=context) as protected:
        asked = settings_for(protected, security=MailSecurity.starttls, step_seconds=5.0, most_seconds=10.0)
        answer = hand_over(asked, LETTER, lambda: None)
    assert answer.delivery is Delivery.not_reached
    assert ssl.SSLCertVerificationError.__name__ in (answer.detail or "")
    assert protected.received == []


def test_a_server_without_starttls_gets_nothing(server: MailServer) -> None:
    answer = hand_over(settings_for(server, security=MailSecurity.starttls), LETTER, lambda: None)
    assert answer.delivery is Delivery.not_reached
    assert server.received == []


# --- settings ---


def test_the_settings_are_starttls_and_its_port_unless_told_otherwise(tmp_path: Path) -> None:
    settings = read_settings(GOOD)
    assert (settings.security, settings.port, settings.user) == (MailSecurity.starttls, 587, None)
    assert settings.url == "https://plan.example"
    secret = tmp_path / "kennwort"
    secret.write_text("mit Leerzeichen \n", encoding="utf-8")
    over = {"ZUKUNFTSPLAN_SMTP_USER": "plan", "ZUKUNFTSPLAN_SMTP_PASSWORD_FILE": str(secret)}
    settings = read_settings(GOOD | over | {"ZUKUNFTSPLAN_SMTP_TLS": "tls"})
    assert (settings.port, settings.password) == (465, "mit Leerzeichen ")
    assert "Leerzeichen" not in repr(settings)


@pytest.mark.parametrize("missing", ["SMTP_HOST", "MAIL_FROM", "URL"])
def test_a_setting_that_is_missing_is_named(missing: str) -> None:
    with pytest.raises(MailSettingMissing) as refused:
        read_settings({**GOOD, "ZUKUNFTSPLAN_" + missing: "  "})
    assert refused.value.data == {"variable": "ZUKUNFTSPLAN_" + missing}


@pytest.mark.parametrize(
    ("variable", "text", "rule"),
    [
        ("SMTP_PORT", "0", "port"),
        ("SMTP_PORT", "65536", "port"),
        ("SMTP_PORT", "²", "port"),
        ("SMTP_TLS", "ssl", "security_unknown"),
        ("SMTP_TLS", "none", "none_beyond_loopback"),
        ("MAIL_FROM", "Zukunftsplan <plan@bottrop.example>", "address"),
        ("MAIL_FROM", "plän@bottrop.example", "address"),
        ("URL", "plan.example", "url"),
        ("URL", "javascript:alert(1)", "url"),
        ("URL", "https://plan.example/?a=b", "url"),
        ("SMTP_PASSWORD_FILE", "/gibt/es/nicht", "password_file_unreadable"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named_with_its_rule(variable: str, text: str, rule: str) -> None:
    with pytest.raises(MailSettingWrong) as refused:
        read_settings({**GOOD, "ZUKUNFTSPLAN_" + variable: text})
    assert refused.value.data == {"variable": "ZUKUNFTSPLAN_" + variable, "rule": rule}


def test_user_and_password_come_together_and_the_password_once() -> None:
    for given, missing in (("SMTP_USER", "SMTP_PASSWORD"), ("SMTP_PASSWORD", "SMTP_USER")):
        with pytest.raises(MailSettingMissing) as refused:
            read_settings({**GOOD, "ZUKUNFTSPLAN_" + given: "x"})
        assert refused.value.data == {"variable": "ZUKUNFTSPLAN_" + missing}
    both = {"ZUKUNFTSPLAN_SMTP_PASSWORD": "x", "ZUKUNFTSPLAN_SMTP_PASSWORD_FILE": "/x"}
    with pytest.raises(MailSettingWrong):
        read_settings(GOOD | both)


def test_without_protection_the_server_must_be_on_this_machine() -> None:
    over = {"ZUKUNFTSPLAN_SMTP_TLS": "none", "ZUKUNFTSPLAN_SMTP_HOST": "127.0.0.1"}
    assert read_settings(GOOD | over).port == 25
