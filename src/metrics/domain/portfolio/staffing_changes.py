"""Scenarios of the office's time: more or fewer posts, more daily business, two groups become one.

Each function gives changed copies of capacity groups and leaves the given ones alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from metrics.domain.base import EARLIEST_YEAR, LATEST_YEAR, partial_date_bounds
from metrics.domain.periods import between, later, months_of, quarter_of_month
from metrics.domain.portfolio.changed import LAST_MONTH, MonthSpan, changed
from metrics.domain.resources import CapacityDeviation, CapacityGroup, Post

FIRST_DAY, LAST_DAY = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
ONE_DAY = timedelta(days=1)


class _Gap(NamedTuple):
    """Full-time equivalents that are gone from the first to the last day."""

    first: date
    last: date
    fte: float


def with_posts(
    group: CapacityGroup, amount: float, starts: str | None, until: str | None
) -> tuple[CapacityGroup, float]:
    """A group with so many full-time equivalents more or less, and how many of those to go were never there.

    More: one more post with dates; without dates the group's `fte` grows. Less: posts without dates go first, then the
    others in their order. Who is away only for a time becomes a post that leaves before it, and one that enters after.
    """
    if amount >= 0:
        if amount == 0 or not (starts or until):
            return changed(group, fte=group.fte + amount), 0.0
        return changed(group, posts=(*group.posts, Post(fte=amount, enters=starts, leaves=until))), 0.0
    first = partial_date_bounds(starts)[0] if starts else FIRST_DAY
    last = partial_date_bounds(until)[1] if until else LAST_DAY
    base = Post.model_construct(fte=group.fte)  # unchecked: `fte` may be 0 or more than one post may have
    stays, pieces, gaps = _cut(base, _Gap(first, last, -amount))
    posts, lacking = list(group.posts), list[_Gap]()
    for gap in gaps:
        posts, left = _removed(posts, gap)
        lacking += left
    return changed(group, fte=stays, posts=(*pieces, *posts)), max((gap.fte for gap in lacking), default=0.0)


def _removed(posts: Sequence[Post], gap: _Gap) -> tuple[list[Post], list[_Gap]]:
    """The posts without what goes, and what was not there to go."""
    if not posts:
        return [], [gap]
    stays, pieces, rest = _cut(posts[0], gap)
    kept = [changed(posts[0], fte=stays), *pieces] if stays > 0 else pieces
    following, lacking = list(posts[1:]), []
    for one in rest:
        following, left = _removed(following, one)
        lacking += left
    return kept + following, lacking


def _cut(post: Post, gap: _Gap) -> tuple[float, list[Post], list[_Gap]]:
    """What stays of a post all the time, its parts before and after the gap, and what others have to give."""
    enters = partial_date_bounds(post.enters)[0] if post.enters else FIRST_DAY
    leaves = partial_date_bounds(post.leaves)[1] if post.leaves else LAST_DAY
    first, last = max(enters, gap.first), min(leaves, gap.last)
    if first > last or post.fte == 0:
        return post.fte, [], [gap]
    taken = min(post.fte, gap.fte)
    pieces, rest = [], []
    if enters < first:
        pieces.append(changed(post, fte=taken, leaves=(first - ONE_DAY).isoformat()))
    if last < leaves:
        pieces.append(changed(post, fte=taken, enters=(last + ONE_DAY).isoformat()))
    if gap.first < first:
        rest.append(gap._replace(last=first - ONE_DAY))
    if gap.fte > taken:
        rest.append(_Gap(first, last, gap.fte - taken))
    if last < gap.last:
        rest.append(gap._replace(first=last + ONE_DAY))
    return post.fte - taken, pieces, rest


def with_base_load(group: CapacityGroup, amount: float, span: MonthSpan, since: str) -> tuple[CapacityGroup, bool]:
    """A group whose Grundlast is higher (or lower) by a share of itself, and whether no time at all is left by it.

    Whole months of the span; more than all of the time cannot go, so 1 is the end of it ("kein Raum mehr"). A change
    for good is the new usual share, and the months from `since` to its beginning keep the old one as deviations.
    Raises ValidationError for a Grundlast of 0 or less.
    """
    for_good = span.last is None
    usual = min(1.0, group.base_load_share * (1 + amount)) if for_good else group.base_load_share
    wanted, full = {}, for_good and group.base_load_share * (1 + amount) > 1
    for month in _months_to_write(group, span, since):
        absence, base_load = group.shares_in(month)
        if span.holds(month):
            base_load *= 1 + amount
            full = full or base_load > 1
        wanted[month] = absence, min(1.0, base_load)
    return _with_shares(changed(group, base_load_share=usual), wanted), full


def merged(
    source: CapacityGroup, target: CapacityGroup, first: str | None, since: str
) -> tuple[CapacityGroup, CapacityGroup]:
    """Two groups of which one becomes part of the other, in the quarter `first` and for good; None: from the beginning.

    The source goes on as an empty shell, as others may refer to it, or ends with the quarter before. The target takes
    its full-time equivalents and posts. Shares are means weighted by full-time equivalents, and so are hours and days
    if it is one group from the beginning (they have no deviations): where the groups differ in both absence and
    Grundlast, the days of both together are not exactly the sum of their days.
    """
    incoming = _window(source, first)
    if incoming is None:
        return source, target
    own = target.first_quarter, target.last_quarter
    whole = (
        None if None in (own[0], incoming[0]) else min(str(own[0]), str(incoming[0])),
        None if None in (own[1], incoming[1]) else max(str(own[1]), str(incoming[1])),
    )
    parts = (_as_of(target, own, whole), _as_of(source, incoming, whole))
    weights = [group.fte + sum(post.fte for post in group.posts) for group in (source, target)]
    weight = weights[0] / sum(weights) if sum(weights) else 0.5
    usual = {name: _mean(getattr(source, name), getattr(target, name), weight) for name in _usual_names(first)}
    wanted = {}
    for month in _months_to_write(target, MonthSpan(months_of(first)[0] if first else None), since, source):
        theirs, ours = source.shares_in(month), target.shares_in(month)
        together = _mean(theirs[0], ours[0], weight), _mean(theirs[1], ours[1], weight)
        wanted[month] = ours if first and quarter_of_month(month) < first else together
    draft = changed(
        target,
        fte=parts[0][0] + parts[1][0],
        posts=(*parts[0][1], *parts[1][1]),
        first_quarter=whole[0],
        last_quarter=whole[1],
        **usual,
    )
    return _emptied(source, first), _with_shares(draft, wanted)


def _mean(theirs: float, ours: float, weight: float) -> float:
    return ours if theirs == ours else theirs * weight + ours * (1 - weight)


def _usual_names(first: str | None) -> tuple[str, ...]:
    shares = ("absence_share", "base_load_share")
    return shares if first else (*shares, "weekly_hours", "days_per_quarter")


_Window = tuple[str | None, str | None]
"""First and last quarter of a group; None: no bound."""


def _window(group: CapacityGroup, first: str | None) -> _Window | None:
    """The quarters in which a group is there from `first` on; None if it has ended by then."""
    if first and group.last_quarter and group.last_quarter < first:
        return None
    starts = max(first, group.first_quarter) if first and group.first_quarter else first or group.first_quarter
    return starts, group.last_quarter


def _emptied(group: CapacityGroup, first: str | None) -> CapacityGroup:
    if first is None or (group.first_quarter and group.first_quarter >= first):
        return changed(group, fte=0.0, posts=())
    return changed(group, last_quarter=later(first, -1))


def _as_of(group: CapacityGroup, window: _Window, whole: _Window) -> tuple[float, list[Post]]:
    """A group's full-time equivalents without dates, and its posts, where it becomes part of one that is there longer.

    Those without dates become a post as long as the group was there.
    """
    if window == whole:
        return group.fte, list(group.posts)
    enters = months_of(window[0])[0] if window[0] else None
    leaves = months_of(window[1])[-1] if window[1] else None
    posts = [Post(label=group.title, fte=group.fte, enters=enters, leaves=leaves)] if group.fte else []
    for post in group.posts:
        starts = max((enters, post.enters), key=_begin) if enters else post.enters
        ends = min((leaves, post.leaves), key=_end) if leaves else post.leaves
        if _begin(starts) <= _end(ends):
            posts.append(changed(post, enters=starts, leaves=ends))
    return 0.0, posts


def _begin(text: str | None) -> date:
    return partial_date_bounds(text)[0] if text else FIRST_DAY


def _end(text: str | None) -> date:
    return partial_date_bounds(text)[1] if text else LAST_DAY


def _months_to_write(group: CapacityGroup, span: MonthSpan, since: str, *others: CapacityGroup) -> list[str]:
    """The months whose shares may have to be named: those named already, and those that part from the usual shares."""
    named = {month for one in (group, *others) for deviation in one.deviations for month in months_of(deviation.period)}
    if span.last:
        named.update(between(span.first or since, span.last))
    elif span.first:
        named.update(between(since, min(LAST_MONTH, later(span.first, -1))))
    return sorted(month for month in named if group.exists_in(month))


def _with_shares(group: CapacityGroup, wanted: Mapping[str, tuple[float, float]]) -> CapacityGroup:
    """A group with these absences and Grundlasten by month, as deviations where they are not so already."""
    deviations = {one.period: one for one in group.deviations}
    for month, shares in wanted.items():
        names = ("absence_share", "base_load_share")
        both = zip(names, group.shares_in(month), shares, strict=True)
        over = {name: wished for name, present, wished in both if present != wished}
        if over:
            deviations[month] = changed(deviations.get(month, CapacityDeviation(period=month)), **over)
    return changed(group, deviations=tuple(deviations.values()))
