"""Where a photograph or film differs from what is said of it, and from itself: both values, and what separates them. Never whether it is real.

A time without a zone is held against another as the whole interval it can mean, so a difference is only reported where no clock on Earth explains it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from witnessmark.model.media import Difference, MediaCheck, MediaFacts, MediaPosition, MediaTime, Topic
from witnessmark.text.fold import folded
from witnessmark.watch.georeference import kilometres_between
from witnessmark.watch.media_facts import LIKE, SAME_SIZE, name_of
from witnessmark.watch.media_said import Said, SaidPlace
from witnessmark.watch.media_times import apart, days_of, earliest, is_change, latest

RADIUS = {"point": 1.0, "facility": 5.0, "locality": 25.0, "district": 60.0, "region": 250.0}
"""Kilometres from its point within which a place stated so exactly may reach; a country has none, and is not held against a position."""
ONE_PLACE = 0.5
"""Kilometres between two positions of one file under which they are one."""
ONE_CLOCK = dt.timedelta(minutes=15)
"""By which the clocks of one device may differ: a camera's is set by hand, and its receiver's is not."""
_MOST = 60
_DIGITS = 7
_MINUTES_TO, _DAYS_FROM = 10, 72
"""Hours to which a time is told with its minutes, and from which on in days."""


def differences(check: MediaCheck, facts: MediaFacts, said: Sequence[Said]) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """Each difference, and each thing said that the file bears out as far as it can, as a sentence."""
    found = [*_within(check, facts)]
    agreed: list[str] = []
    for each in (each for one in said for topic in (_time, _place, _device) for each in topic(facts, one)):
        if isinstance(each, Difference):
            found.append(each)
        else:
            agreed.append(each)
    return tuple(found[:_MOST]), tuple(dict.fromkeys(agreed))[:_MOST]


def devices_of_a_set(own: tuple[str, str | None], others: Sequence[tuple[str, str | None]], how: str) -> tuple[Difference, ...]:
    """That the files of one set name several devices; `own` and `others` are short numbers with devices, `how` says what makes them a set."""
    number, device = own
    different: dict[str, list[str]] = {}
    for other, theirs in others:
        if device and theirs and folded(theirs) != folded(device):
            different.setdefault(theirs, []).append(other)
    if device is None or not different:
        return ()
    listed = "; ".join(
        f"{theirs} ({', '.join(numbers[:5])}{f' and {len(numbers) - 5} more' if len(numbers) > 5 else ''})"
        for theirs, numbers in different.items()
    )
    sentence = f"{number} names the device {device}; others {how} name {listed}. One set, several devices: ask who took which."
    return (Difference(Topic.DEVICE, device, listed, sentence),)


def _within(check: MediaCheck, facts: MediaFacts) -> Iterator[Difference]:
    yield from _own_times(facts.times)
    for one, other in combinations(facts.positions, 2):
        distance = _distance(one, other.latitude, other.longitude)
        if distance > ONE_PLACE:
            ours, theirs = _position(one), _position(other)
            yield Difference(Topic.PLACE, ours, theirs, f"The file states two positions, {ours} and {theirs}, {distance:,.1f} km apart.")
    yield from _off_the_track(facts)
    yield from _sizes(check)
    yield from _thumbnail(check)


def _off_the_track(facts: MediaFacts) -> Iterator[Difference]:
    """A position stated for the whole film ought to lie on its track: it is usually that of its beginning."""
    for position in facts.positions if facts.track else ():
        nearest = min(_from_track(facts, position.latitude, position.longitude))
        if nearest > ONE_PLACE:
            ours, theirs = _position(position), facts.track_in_words
            yield Difference(
                Topic.PLACE,
                ours,
                theirs,
                f"The file states the position {ours} and holds {theirs}, which comes no nearer to it than {nearest:,.1f} km.",
            )


def _from_track(facts: MediaFacts, latitude: float, longitude: float) -> list[float]:
    """Kilometres of each point of the track from a place."""
    return [kilometres_between((point.latitude, point.longitude), (latitude, longitude)) for point in facts.track]


def _own_times(times: Sequence[MediaTime]) -> Iterator[Difference]:
    taken = [time for time in times if not is_change(time)]
    for one, other in combinations(taken, 2):
        gap = apart(_span(one), _span(other))
        if gap is not None and gap > ONE_CLOCK:
            yield Difference(
                Topic.TIME,
                _moment(one),
                _moment(other),
                f"The file states two times, {_moment(one)} and {_moment(other)}, at least {_long(gap)} apart.",
            )
    for change in (time for time in times if is_change(time)):
        for time in taken:
            if latest(change) < earliest(time):
                sentence = f"The file says it was changed before it was taken: {_moment(change)}, and {_moment(time)}."
                yield Difference(Topic.EDITS, _moment(change), _moment(time), sentence)


def _sizes(check: MediaCheck) -> Iterator[Difference]:
    """The camera wrote down the size of the picture it took; a picture of another size was cut or scaled since."""
    stated = tuple(_number(check.tags, name) for name in ("ExifImageWidth", "ExifImageHeight"))
    if check.width is None or check.height is None or not all(stated):
        return
    sizes = (check.width, check.height)
    if any(all(abs(a - b) <= SAME_SIZE * a for a, b in zip(stated, turned, strict=True)) for turned in (sizes, sizes[::-1])):
        return
    ours, theirs = f"{check.width} x {check.height} pixels", f"{stated[0]} x {stated[1]} pixels (ExifImageWidth, ExifImageHeight)"
    yield Difference(
        Topic.EDITS, ours, theirs, f"The picture has {ours}; when its metadata were written it had {theirs}: it was cut or scaled since."
    )


def _number(tags: Mapping[str, str], name: str) -> int:
    """A size in pixels, 0 where none is stated."""
    written = tags.get(f"ExifIFD:{name}", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _DIGITS else 0


def _thumbnail(check: MediaCheck) -> Iterator[Difference]:
    small = check.thumbnail
    if small is None or small.likeness is None:
        return
    ours = f"the picture, {check.width} x {check.height} pixels"
    theirs = f"the thumbnail in it, {small.width} x {small.height} pixels"
    if small.likeness < LIKE:
        sentence = f"The thumbnail that was stored with the picture shows something else, or a part, or other shades: likeness {small.likeness:.2f}, where 1 is the same. Look at both."
        yield Difference(Topic.EDITS, ours, theirs, sentence)
    elif small.turned:
        yield Difference(
            Topic.EDITS,
            ours,
            theirs,
            f"The thumbnail fits the picture only when turned by {small.turned} degrees: the picture was turned since.",
        )


def _time(facts: MediaFacts, said: Said) -> Iterator[Difference | str]:
    """Of several times in the file the surest that differs is told; that one can fit only where none differs."""
    taken = sorted((time for time in facts.times if not is_change(time)), key=lambda time: latest(time) - earliest(time))
    if said.first is not None and said.last is not None:
        theirs = said.first if said.first == said.last else f"{said.first} to {said.last}"
        gaps = [(time, apart(_span(time), days_of(said.first, said.last))) for time in taken]
        different = [(time, gap) for time, gap in gaps if gap is not None]
        for time, gap in different[:1]:
            sentence = f"The file says it was taken at {_moment(time)}; {said.who} says {theirs}{_as_said(said)}: at least {_long(gap)} apart, whatever the zone of the clock."
            yield Difference(Topic.TIME, _moment(time), theirs, sentence, said.claim)
        if taken and not different:
            yield f"Time: {_moment(taken[0])} can be {theirs}, as {said.who} says."
    if said.by is not None:
        there = _until(said.by)
        for time in [time for time in taken if earliest(time) > there][:1]:
            sentence = f"The file says it was taken at {_moment(time)}, {_long(earliest(time) - there)} or more after {said.who} ({said.by}): one of the two clocks is wrong."
            yield Difference(Topic.TIME, _moment(time), f"{said.who}: {said.by}", sentence, said.claim)


def _place(facts: MediaFacts, said: Said) -> Iterator[Difference | str]:
    if said.place is None or (radius := RADIUS.get(said.place.precision)) is None:
        return
    for position in facts.positions:
        distance = _distance(position, said.place.latitude, said.place.longitude)
        ours, theirs = _position(position), f"{said.place.name} ({said.place.precision})"
        if distance > radius:
            sentence = f"The file's position {ours} lies {distance:,.1f} km from {theirs}, which {said.who} names{_as_said(said)}; a place known so exactly may reach {radius:g} km."
            yield Difference(Topic.PLACE, ours, theirs, sentence, said.claim)
        else:
            yield f"Place: the file's position {ours} lies {distance:,.1f} km from {theirs}, which {said.who} names."
    if facts.track:
        yield _along(facts, said, said.place, radius)


def _along(facts: MediaFacts, said: Said, place: SaidPlace, radius: float) -> Difference | str:
    """A film moves: it differs only where its whole track does."""
    ours, theirs = facts.track_in_words, f"{place.name} ({place.precision})"
    distances = _from_track(facts, place.latitude, place.longitude)
    if min(distances) <= radius:
        return f"Place: {ours} lies {min(distances):,.1f} to {max(distances):,.1f} km from {theirs}, which {said.who} names."
    sentence = f"The film holds {ours}, which comes no nearer than {min(distances):,.1f} km to {theirs}, which {said.who} names{_as_said(said)}; a place known so exactly may reach {radius:g} km."
    return Difference(Topic.PLACE, ours, theirs, sentence, said.claim)


def _device(facts: MediaFacts, said: Said) -> Iterator[Difference | str]:
    if said.device is None or facts.device is None:
        return
    claimed, named = set(folded(said.device).split()), set(folded(facts.device).split())
    if claimed & named:
        yield f"Device: the file names {facts.device}; {said.who} says {said.device}."
    else:
        yield Difference(
            Topic.DEVICE, facts.device, said.device, f"The file names the device {facts.device}; {said.who} says {said.device}.", said.claim
        )


def _span(time: MediaTime) -> tuple[dt.datetime, dt.datetime]:
    return earliest(time), latest(time)


def _until(stated: str) -> dt.datetime:
    """The last moment of a day anywhere on Earth, or the moment itself."""
    if len(stated) <= len("2031-04-02"):
        return days_of(stated, stated)[1]
    moment = dt.datetime.fromisoformat(stated)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)


def _moment(time: MediaTime) -> str:
    return f"{time.written} ({name_of(time.tag)}, {time.clock.value})"


def _position(position: MediaPosition) -> str:
    return f"{position.latitude:.5f}, {position.longitude:.5f}"


def _distance(position: MediaPosition, latitude: float, longitude: float) -> float:
    return kilometres_between((position.latitude, position.longitude), (latitude, longitude))


def _as_said(said: Said) -> str:
    return f' ("{said.words}")' if said.words else ""


def _long(gap: dt.timedelta) -> str:
    """A time in whole units, never more than it is: it stands after "at least"."""
    hours, minutes = divmod(int(gap.total_seconds()) // 60, 60)
    if hours < _MINUTES_TO:
        return f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return f"{hours} h" if hours < _DAYS_FROM else f"{hours // 24:,} days"
