"""The provider's settings, its addresses, its sign-in page and its people. Configured by the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.urls import include, path

PEOPLE: dict[str, dict[str, Any]] = {
    "leitung": {"name": "Lena Leitung", "groups": ["zk-leitung"]},
    "amt": {"name": "Anton Amt", "groups": ["zk-amt", "alle"]},
    "daten": {"name": "Dora Daten", "groups": ["zk-daten"]},
    "gremium": {"name": "Greta Gremium", "groups": ["zk-gremium"]},
    "wirtschaft": {"name": "Willi Wirtschaft", "groups": ["zk-wirtschaft"]},
    "verwaltung": {"name": "Vera Verwaltung", "groups": ["zk-verwaltung", "zk-amt"]},
    "gast": {"name": "Gustav Gast", "groups": ["alle"]},
}
"""Whoever may sign in; the password is the user's name."""
CLIENT_ID, CLIENT_SECRET = "zukunftsplan", "a-secret-of-the-tests-alone"
ROLES = (
    "zk-leitung=leadership,zk-amt=staff,zk-daten=data_steward,zk-gremium=committee,zk-wirtschaft=business,"
    "zk-verwaltung=administration"
)
PAGE = """<!DOCTYPE html><html lang="de"><title>Stadt: Anmeldung</title>
<form method="post">{% csrf_token %}<input name="username" aria-label="Name"><input name="password" type="password"
aria-label="Kennwort"><button type="submit">Weiter</button></form>{{ form.errors }}</html>"""


def configure(folder: Path, issuer: str) -> None:
    """Set Django up with a database in `folder` and a signing key made now."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY=os.urandom(32).hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "people.sqlite")}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": PAGE})],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        LOGIN_URL="/anmelden/",
        SESSION_COOKIE_NAME="stadt_sitzung",  # the app answers at the same host name; a browser tells no ports apart
        CSRF_COOKIE_NAME="stadt_csrf",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": issuer,
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
            "OAUTH2_VALIDATOR_CLASS": "tests.browser.openid_provider.claims.WithGroups",
            "SCOPES": {"openid": "OpenID", "profile": "name", "email": "e-mail"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


def found() -> None:
    """Make the tables, the people and the application that signs in here."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, told in PEOPLE.items():
        first, last = told["name"].split()
        User.objects.create_user(name, f"{name}@stadt.example", name, first_name=first, last_name=last)
    Application.objects.create(
        name="Zukunftsplan",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        # At a loopback address every port is allowed (RFC 8252): each test starts its own app.
        redirect_uris="http://127.0.0.1/oauth2callback",
        post_logout_redirect_uris="http://127.0.0.1/oauth2callback",
        skip_authorization=True,
        algorithm=Application.RS256_ALGORITHM,
    )


def serve(port: int) -> None:
    """Answer until the process is ended."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from django.core.wsgi import get_wsgi_application

    class Threads(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            sys.stderr.write("")

    make_server("127.0.0.1", port, get_wsgi_application(), server_class=Threads, handler_class=Quiet).serve_forever()


def _addresses() -> list[Any]:
    from django.contrib.auth.views import LoginView

    return [path("anmelden/", LoginView.as_view()), path("", include("oauth2_provider.urls"))]


class _Lazy(list[Any]):
    """The views can be imported only once Django has been set up."""

    def __iter__(self) -> Any:
        return iter(_addresses())

    def __reversed__(self) -> Any:
        return reversed(_addresses())


urlpatterns = _Lazy()
