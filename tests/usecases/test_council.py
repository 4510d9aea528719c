"""Who may read from which council information system says the setting, and nobody else."""

from __future__ import annotations

import pytest

from metrics.domain.refusals import CouncilHostNotAllowed, CouncilSettingWrong, CouncilSystemNotSet, NotAllowed
from metrics.exchange.oparl import Origin
from metrics.usecases.access import Person, Role
from metrics.usecases.council import ORIGINS, council_origins, read_council_paper
from tests.council import council_system


@pytest.mark.parametrize("text", ["", " ", ","])
def test_without_the_setting_nothing_is_read(me: Person, text: str) -> None:
    with council_system() as system:
        with pytest.raises(CouncilSystemNotSet) as refused:
            read_council_paper(system.address, {ORIGINS: text}, by=me)
        assert system.asked == []
    assert refused.value.data == {"variable": ORIGINS}


def test_several_origins_stand_with_commas_or_spaces_between() -> None:
    found = council_origins({ORIGINS: "https://ris.example, http://localhost:8080/ https://RIS.example"})
    assert found == {Origin("https", "ris.example", 443), Origin("http", "localhost", 8080)}


@pytest.mark.parametrize(
    "text",
    [
        "ris.example",
        "https://ris.example/oparl",
        "https://*",
        "https://ris.example?x=1",
        "https://u@ris.example",
        "x:y",
    ],
)
def test_a_setting_that_is_no_origin_is_refused_with_what_is_wrong(text: str) -> None:
    with pytest.raises(CouncilSettingWrong) as refused:
        council_origins({ORIGINS: f"https://ris.example {text}"})
    assert refused.value.data == {"variable": ORIGINS, "text": text}


def test_what_is_allowed_is_read_and_everything_else_is_not(me: Person) -> None:
    with council_system() as system, council_system() as other:
        environment = {ORIGINS: system.origin}
        assert read_council_paper(f" {system.address} ", environment, by=me).reference == "2026/0815"
        with pytest.raises(CouncilHostNotAllowed) as refused:
            read_council_paper(other.address, environment, by=me)
        assert refused.value.data == {"host": other.origin}
        assert (len(system.asked), other.asked) == (1, [])


def test_who_may_not_edit_the_plan_reads_nothing() -> None:
    with council_system() as system:
        with pytest.raises(NotAllowed):
            read_council_paper(system.address, {ORIGINS: system.origin}, by=Person("P-9", Role.committee))
        assert system.asked == []
