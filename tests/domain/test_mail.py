"""What becomes of a mail by the outcome of an attempt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metrics.domain.mail import MOST_TRIES, MOST_UNKNOWN, PAUSES, Answer, Delivery, MailState, settled
from tests.reminders import AT, a_mail


@given(st.lists(st.tuples(st.sampled_from(Delivery), st.booleans()), max_size=30))
def test_whatever_the_server_says_nothing_goes_out_a_third_time_without_an_answer(
    answers: list[tuple[Delivery, bool]],
) -> None:
    tries = unknown = without_answer = 0
    state = MailState.waiting
    for delivery, late in answers:
        if state in (MailState.sent, MailState.given_up):
            break
        begun = delivery in (Delivery.accepted, Delivery.unknown) or (late and delivery is not Delivery.not_reached)
        noted = unknown + begun
        assert noted <= MOST_UNKNOWN
        found = settled(a_mail(tries=tries, unknown=noted), Answer(delivery), AT, begun=begun)
        without_answer += delivery is Delivery.unknown
        assert found.unknown == without_answer
        assert found.next_try_at >= AT
        state, tries, unknown = found.state, found.tries, found.unknown
    assert without_answer <= MOST_UNKNOWN
    assert (without_answer < MOST_UNKNOWN) or state in (MailState.sent, MailState.given_up)


def test_a_refusal_for_now_rests_longer_each_time_and_ends() -> None:
    tries, pauses = 0, []
    while True:
        found = settled(a_mail(tries=tries), Answer(Delivery.refused_for_now, "451"), AT, begun=False)
        tries = found.tries
        if found.state is MailState.given_up:
            break
        pauses.append(found.next_try_at - AT)
    assert pauses == sorted(pauses) and pauses[: len(PAUSES)] == list(PAUSES)
    assert tries == MOST_TRIES


def test_an_attempt_that_never_got_to_the_text_leaves_what_is_unknown_of_earlier_ones() -> None:
    left_behind = a_mail(state=MailState.handing_over, unknown=1)
    found = settled(left_behind, Answer(Delivery.not_reached), AT, begun=False)
    assert (found.state, found.unknown) == (MailState.waiting, 1)
