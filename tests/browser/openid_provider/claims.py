"""What the provider writes into the ID token: the framework reads this token and nothing else."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.browser.openid_provider.project import PEOPLE


class WithGroups(OAuth2Validator):  # type: ignore[misc]
    """Name, e-mail and groups, whichever scopes were asked for."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """The claims beside those that every token has."""
        told = PEOPLE[request.user.username]
        return {
            "name": told["name"],
            "email": request.user.email,
            "email_verified": True,
            "groups": told["groups"],
        }
