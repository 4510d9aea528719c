"""The dialogue for weights: the most important swing first, or a ranking, or pairs, or alike; effects shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

import streamlit as st
from pydantic import ValidationError

from metrics.domain.history import Recorded
from metrics.domain.priorities import WHOLE, CriteriaSet, Criterion, PairComparison, Weighting
from metrics.domain.prioritisation.standing import STEP
from metrics.domain.prioritisation.weighting import RANDOM_INDICES, shifted
from metrics.domain.refusals import NothingChanged, Refusal, SomebodyElseWasFaster
from metrics.locale.formats import number, percent
from metrics.locale.reading_input import parse_number
from metrics.locale.words import choice, refusal_sentence, validation_sentences
from metrics.ui import cards, round_view
from metrics.ui.runtime import store
from metrics.ui.session import _, language, now, person
from metrics.ui.text import field_name, literal
from metrics.usecases.planning import revise_record

_TABLES = {"saaty_1980": "Saaty 1980", "saaty_2005": "Saaty 2005", "donegan_dodd": "Donegan/Dodd 1991"}
"""The tables of random indices, by what they are called in a line."""
DONE, ERRORS, ASKED = "gewichte_getan", "gewichte_fehler", "gewichte_gefragt"


def draw(entry: Recorded[CriteriaSet]) -> None:
    """Choose a way, answer, see the weights and what five points would do, store as a new edition."""
    chosen = entry.record
    counting = [criterion for criterion in chosen.criteria if criterion.counts]
    with cards.card(_("Gewichte bestimmen")):
        if st.session_state.get(DONE):
            st.success(literal(st.session_state.pop(DONE)), icon=":material/check_circle:")
        ways = {one.value: choice(one, language()) for one in Weighting}
        way = Weighting(
            st.radio(
                _("Wie sollen die Gewichte zustande kommen?"),
                list(ways),
                index=list(ways).index(chosen.weighting.value),
                format_func=ways.__getitem__,
                key=_key(entry, "way"),
            )
        )
        wanted = _WAYS[way](entry, counting)
        if isinstance(wanted, str):
            st.markdown(f":red[:material/error: {literal(wanted)}]")
        else:
            _effect(wanted)
            _store_button(entry, wanted)
    for sentence in st.session_state.pop(ERRORS, []):
        st.markdown(f":red[:material/error: {literal(sentence)}]")


Wanted = CriteriaSet | str
"""The set as it would be, or what does not fit yet."""


def _swing(entry: Recorded[CriteriaSet], counting: Sequence[Criterion]) -> Wanted:
    st.markdown(
        _(
            "Stellen Sie sich eine Maßnahme vor, die überall im schlechtesten Fall liegt. **Eines** dürfen Sie vom "
            "schlechtesten zum besten Fall heben: Welches zuerst?"
        )
    )
    names = {one.code: _swing_words(one) for one in counting}
    known = _swings(entry.record)
    start = max(known, key=lambda code: known[code])
    first = st.radio(
        _("Der wichtigste Sprung"),
        list(names),
        index=list(names).index(start),
        format_func=names.__getitem__,
        key=_key(entry, "first"),
    )
    st.markdown(_("Dieser Sprung zählt **100**. Wie viel zählen die anderen im Vergleich?"))
    points: dict[str, float] = {first: WHOLE}
    for one in counting:
        if one.code != first:
            label, now_ = field_name(_swing_words(one)), 5 * round(known[one.code] / 5)
            points[one.code] = float(st.slider(label, 0, 100, now_, step=5, key=_key(entry, "p", one.code)))
    return _changed(entry, Weighting.swing, points)


def _swings(chosen: CriteriaSet) -> dict[str, float]:
    """The present weights as swing points: the largest has a hundred."""
    most = max(chosen.weights.values())
    return {one.code: WHOLE * chosen.weights[one.code] / most for one in chosen.criteria if one.counts}


def _whole_percents(chosen: CriteriaSet) -> dict[str, float]:
    """The present weights in tenths of a per cent that sum to a hundred: the largest takes what rounding leaves."""
    found = {one.code: round(WHOLE * chosen.weights[one.code], 1) for one in chosen.criteria if one.counts}
    largest = max(found, key=lambda code: found[code])
    found[largest] = round(found[largest] + WHOLE - sum(found.values()), 1)
    return found


def _entered(entry: Recorded[CriteriaSet], counting: Sequence[Criterion]) -> Wanted:
    points: dict[str, float] = {}
    now_, wrong = _whole_percents(entry.record), []
    for one in counting:
        typed = st.text_input(
            _("{titel} (Prozent)", titel=field_name(one.title)),
            value=number(now_[one.code], language()),
            key=_key(entry, "e", one.code),
            autocomplete="off",
            width=240,
        )
        try:
            points[one.code] = parse_number(typed, language(), "%")
        except Refusal as refusal:
            wrong.append(f"{one.title}: {refusal_sentence(refusal, language())}")
    if wrong:
        return " ".join(wrong)
    st.caption(_("Summe: {summe} von 100", summe=number(round(sum(points.values()), 2), language())))
    return _changed(entry, Weighting.entered, points)


def _rank(entry: Recorded[CriteriaSet], counting: Sequence[Criterion]) -> Wanted:
    st.markdown(_("Ordnen Sie die Kriterien. Gleiche Ränge sind erlaubt; Gewichte nach den Schwerpunkten der Ränge."))
    order = sorted(counting, key=lambda one: -entry.record.weights[one.code])
    points = {}
    for one in counting:
        places = list(range(1, len(counting) + 1))
        points[one.code] = float(
            st.selectbox(
                _("Rang von {titel}", titel=field_name(one.title)),
                places,
                index=order.index(one),
                key=_key(entry, "r", one.code),
                width=240,
            )
        )
    return _changed(entry, Weighting.rank, points)


def _equal(entry: Recorded[CriteriaSet], counting: Sequence[Criterion]) -> Wanted:
    st.markdown(
        _("Alle Kriterien, die zählen, wiegen gleich. Das ist der Ausgangspunkt, solange nichts beschlossen ist.")
    )
    return _changed(entry, Weighting.equal, dict.fromkeys((one.code for one in counting), None))


def _pairwise(entry: Recorded[CriteriaSet], counting: Sequence[Criterion]) -> Wanted:
    st.markdown(_("Vergleichen Sie je zwei Kriterien: Welches ist wichtiger, und wie viel?"))
    known = {(pair.first, pair.second): pair.ratio for pair in entry.record.comparisons}
    comparisons = []
    for first, second in combinations(counting, 2):
        words = _ratios(first, second)
        now_ = known.get((first.code, second.code)) or _turned(known.get((second.code, first.code))) or 1.0
        nearest = min(words, key=lambda ratio: abs(ratio - now_))
        ratio = st.selectbox(
            f"{field_name(first.title)} – {field_name(second.title)}",
            list(words),
            index=list(words).index(nearest),
            format_func=words.__getitem__,
            key=_key(entry, "v", first.code, second.code),
            width=520,
        )
        comparisons.append(PairComparison(first=first.code, second=second.code, ratio=float(ratio)))
    wanted = _changed(entry, Weighting.pairwise, {}, tuple(comparisons))
    if not isinstance(wanted, str):
        _say_consistency(wanted)
    return wanted


_WAYS: Mapping[Weighting, Callable[[Recorded[CriteriaSet], Sequence[Criterion]], Wanted]] = {
    Weighting.entered: _entered,
    Weighting.swing: _swing,
    Weighting.rank: _rank,
    Weighting.equal: _equal,
    Weighting.pairwise: _pairwise,
}


def _say_consistency(wanted: CriteriaSet) -> None:
    pairwise = wanted.pairwise
    assert pairwise is not None
    told = []
    for index in RANDOM_INDICES.values():
        ratio = pairwise.consistency_ratio(index)
        if ratio is not None:
            told.append(f"{_TABLES[index.id]} {number(ratio, language(), 3)}")
    if told:
        words = _("Widerspruch (CR, vertretbar bis {grenze})", grenze=number(round_view.CONSISTENT, language(), 2))
        st.caption(literal(f"{words}: {' · '.join(told)}"))


def _effect(wanted: CriteriaSet) -> None:
    """The weights, and each of them with five points more and less: the others keep their proportions."""
    codes = [one.code for one in wanted.criteria if one.counts]
    shares = [wanted.weights[code] for code in codes]
    rows = []
    for place, code in enumerate(codes):
        more, less = shifted(shares, place, STEP), shifted(shares, place, -STEP)
        rows.append(
            {
                _("Kriterium"): wanted.criterion(code).title,
                _("Gewicht"): percent(shares[place], language(), 1),
                _("mit 5 Punkten mehr"): _list(more),
                _("mit 5 Punkten weniger"): _list(less),
            }
        )
    st.dataframe(rows, hide_index=True, alt=_("Gewichte und die Wirkung von fünf Punkten"), key="gewichte_tabelle")
    st.caption(_("Je Zeile die Gewichte aller Kriterien in derselben Reihenfolge; zusammen immer 100 %."))
    for sentence in round_view.doubts(wanted):
        st.warning(literal(sentence), icon=":material/help:")


def _store_button(entry: Recorded[CriteriaSet], wanted: CriteriaSet) -> None:
    st.text_input(
        _("Grund der Änderung") + " *",
        key=_key(entry, "reason"),
        placeholder=_("z. B. Klausur des Amtes vom 24.11.2026"),
    )
    label = _("Als neue Fassung speichern")
    icon, seen = ":material/save:", (entry.record.id, entry.version)
    st.button(label, key=_key(entry, "store"), type="primary", icon=icon, on_click=_ask_to_store, args=(seen,))
    asked = st.session_state.pop(ASKED, None)
    if asked is not None:
        _store(entry, wanted, asked)
        st.rerun()


def _ask_to_store(seen: tuple[str, int]) -> None:
    """Note which version was seen; the weights are those of the run that follows, with what was moved last."""
    st.session_state[ASKED] = seen


def _store(entry: Recorded[CriteriaSet], wanted: CriteriaSet, seen: tuple[str, int]) -> None:
    reason = str(st.session_state.get(_key(entry, "reason"), "")).strip()
    if tuple(seen) != (entry.record.id, entry.version):
        st.session_state[ERRORS] = [_("Jemand anderes hat den Kriteriensatz gerade geändert. Bitte prüfen Sie ihn.")]
        return
    if not reason:
        st.session_state[ERRORS] = [_("Bitte nennen Sie den Grund der Änderung; er steht im Verlauf.")]
        return
    try:
        version = revise_record(store(), wanted, entry.version, by=person(), at=now(), reason=reason)
        st.session_state[DONE] = _("Gespeichert als Fassung {version}.", version=version)
    except SomebodyElseWasFaster:
        st.session_state[ERRORS] = [_("Jemand anderes hat den Kriteriensatz gerade geändert. Bitte prüfen Sie ihn.")]
    except NothingChanged:
        st.session_state[ERRORS] = [_("Die Gewichte sind schon so gespeichert.")]
    except Refusal as refusal:
        st.session_state[ERRORS] = [refusal_sentence(refusal, language())]


def _changed(
    entry: Recorded[CriteriaSet],
    weighting: Weighting,
    points: Mapping[str, float | None],
    comparisons: tuple[PairComparison, ...] = (),
) -> Wanted:
    """The set with other weights; a sentence if they do not fit together."""
    fields: dict[str, Any] = entry.record.model_dump()
    for criterion in fields["criteria"]:
        criterion["points"] = points.get(criterion["code"]) if criterion["counts"] else None
    fields |= {"weighting": weighting, "comparisons": comparisons}
    try:
        return CriteriaSet.model_validate(fields)
    except ValidationError as error:
        return " ".join(validation_sentences(error, CriteriaSet.kind, language()).values())


def _swing_words(criterion: Criterion) -> str:
    low, high = criterion.anchor_low or "0", criterion.anchor_high or "10"
    worst, best = (low, high) if criterion.in_favour(0.0) == 0.0 else (high, low)
    return _("{titel}: von „{schlecht}“ zu „{gut}“", titel=criterion.title, schlecht=worst, gut=best)


def _ratios(first: Criterion, second: Criterion) -> dict[float, str]:
    """Saaty's scale in words: 9 to 1 in favour of the first, then in favour of the second."""
    odd = {3: _("etwas"), 5: _("deutlich"), 7: _("sehr viel"), 9: _("äußerst viel")}
    even = {of: _("{wie} bis {mehr}", wie=odd.get(of - 1, _("kaum")), mehr=odd[of + 1]) for of in (2, 4, 6, 8)}
    strengths = odd | even
    words = {
        float(of): _("{titel} ist {wie} wichtiger", titel=first.title, wie=strengths[of]) for of in range(9, 1, -1)
    }
    words[1.0] = _("beide sind gleich wichtig")
    return words | {
        1.0 / of: _("{titel} ist {wie} wichtiger", titel=second.title, wie=strengths[of]) for of in range(2, 10)
    }


def _turned(ratio: float | None) -> float | None:
    return None if ratio is None else 1 / ratio


def _list(shares: Sequence[float]) -> str:
    return " · ".join(percent(share, language()) for share in shares)


def _key(entry: Recorded[CriteriaSet], *names: str) -> str:
    return ".".join(("gewichte", entry.record.id, str(entry.version), *names))
