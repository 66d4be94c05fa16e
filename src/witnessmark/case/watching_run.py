"""Watching a site: its scenes read and compared in a limited child process, and every run on record, whatever it gave."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions
from witnessmark.case.stages import step_of
from witnessmark.case.telling import typed
from witnessmark.case.watching_child import Answer, CompareJob, Job, ReadJob, SceneFile
from witnessmark.case.watching_headers import header_bytes, header_of
from witnessmark.case.watching_sites import scene_of, site_of, sites_of
from witnessmark.case.work_folder import work_place
from witnessmark.engines.child import ChildError, JobFailedError, LimitedChild
from witnessmark.engines.limits import GIBIBYTE, MEBIBYTE, Limits
from witnessmark.errors import MissingPartError, RegistrationError, SceneError, UsageError
from witnessmark.model.deed import FootprintTested, SceneRead, ScenesCompared, StageFailed, stream_of
from witnessmark.model.document import Failure
from witnessmark.model.watching import Compared, SceneSaid, WatchedScene, WatchedSite
from witnessmark.model.watching_words import SCENE
from witnessmark.store import queries
from witnessmark.watch.needed import require_imagery

WATCH, VERSION = "watch", "1"
STAGE = f"{WATCH}@{VERSION}"
TARGET = "witnessmark.case.watching_child:work"
LIMITS = Limits(
    address_space=6 * GIBIBYTE,
    cpu_seconds=1200,
    wall_seconds=1800.0,
    file_size=MEBIBYTE,
    folder_size=16 * MEBIBYTE,
    folder_files=200,
    answer_size=64 * MEBIBYTE,
    resident=2 * GIBIBYTE,
)
"""Two scenes of the 200 million values that are opened at most take 1.6 GB as numbers, and are cut to the surroundings of the site before anything else; address space is more than memory."""
MOST_ALARMS = 0.5
PICTURES = frozenset({"image/tiff", "image/png", "image/jpeg"})

Tell = Callable[[str], None]


class Ran(msgspec.Struct, frozen=True):
    """What runs of the same kind gave: the site as it stands after them, and their entries of the analysis log, in order."""

    site: WatchedSite
    entries: tuple[int, ...]


def say_scene(case: Case, number: str, item: str, said: SceneSaid, *, why: str) -> WatchedSite:
    """Record that an item is a scene of a site, with what is known of it, and read it for the site.

    Facts given before stay where nothing else is given now. The header of raw bands is `said` by its number where it did not come beside them under their name. Raises UsageError where there is no such item or it is no picture, SceneError where it cannot be read: the reason is then on
    record as a failure of the item, and what was said stays.
    """
    require_imagery()
    site = site_of(case, number)
    earlier = next((scene.said for scene in site.scenes if scene.number == item.upper()), None)
    held, name, media_type, described = _picture(case, item, said.header or (earlier.header if earlier else None))
    _refuse_taken(case, held, item, site)
    said = _completed(msgspec.structs.replace(said, site=site.id, header=described), earlier)
    file = SceneFile(b"", item.upper(), name, said, _header(case, said))
    with case.vault.as_file(held) as path:
        answer = _failing(_asked(case, ReadJob(site.site, msgspec.structs.replace(file, path=_bytes(path))), [path]), media_type)
    record_decisions(case, [Prepared(held, SCENE, msgspec.json.encode(said).decode())], why=why)
    step = step_of(WATCH, VERSION, site.id, hashed((site.id, held, said)))
    if answer.read is None:
        reason = answer.refused or "No reason was given."
        case.record([StageFailed(step, Failure(held, STAGE, reason))])
        raise SceneError(reason)
    case.record([SceneRead(step, site.id, held, answer.read)])
    return site_of(case, number)


def compare_scenes(  # noqa: PLR0913 -- what is compared and how, each by its name
    case: Case, number: str, scenes: Sequence[str], *, alpha: float = 0.01, by_hand: bool = False, tell: Tell = lambda _: None
) -> Ran:
    """Compare two scenes of a site, or all that follow each other where none is named. Each run is recorded, refusals too.

    Raises:
        UsageError: there is nothing to compare, or a scene is none of the site's.
        SceneError: just one pair was asked for and it was refused; the refusal is on record.
    """
    if not 0 < alpha < MOST_ALARMS:
        raise UsageError(f"alpha={alpha:g} is not between 0 and {MOST_ALARMS:g}; 0.01 and 0.05 are usual.")
    site = ready(case, number)
    pairs = pairs_of(case, site, scenes)
    entries, refused = [], Answer()
    for before, after in pairs:
        tell(f"Comparing {before.number} with {after.number}")
        answer = of_two(case, site, before, after, lambda one, other: CompareJob(site.site, one, other, alpha, by_hand))
        made = Compared(
            before=before.item, after=after.item, alpha=alpha, by_hand=by_hand, found=answer.change, refused=refusal(answer, answer.change)
        )
        step = step_of(WATCH, VERSION, (alpha, by_hand), hashed((site.id, before.said, after.said, before.item, after.item)))
        entries.append(recorded(case, ScenesCompared(step, site.id, made)))
        refused = answer if answer.change is None else refused
    if len(pairs) == 1:
        raise_refused(refused)
    return Ran(site_of(case, number), tuple(entries))


def _picture(case: Case, number: str, header: str | None) -> tuple[str, str, str, str | None]:
    """An item, the file name it came under, its media type, and of raw bands the item of their header. `header` is that, by its number or id, where somebody named it."""
    with case.asking() as connection:
        item = queries.subject_of(connection, number) if number.upper().startswith("I") else None
        stored = next((each for each in queries.items(connection) if each.id == item), None)
        received = queries.receipts(connection, item) if item else {}
    if item is None or stored is None:
        raise UsageError(
            f"There is no item {number} in this case. Add the scene first: witnessmark add {typed(case.folder.root)} SCENE.tif"
        )
    described = header_of(case, item, number, header) if header or stored.media_type not in PICTURES else None
    if stored.media_type not in PICTURES and described is None:
        raise UsageError(
            f"{number.upper()} is {stored.media_type}. A scene is a GeoTIFF, a PNG or JPEG with control points, or raw bands with the ENVI header that came beside them (or --header I4)."
        )
    return item, received[item][0].name, stored.media_type, described


def _header(case: Case, said: SceneSaid) -> bytes:
    return header_bytes(case, said.header, "of the scene") if said.header is not None else b""


def _refuse_taken(case: Case, item: str, number: str, site: WatchedSite) -> None:
    """One item is a scene of one site, or of drawings of it that take each other's place: facts of two sites would contradict each other."""
    others = [each for each in sites_of(case) if any(scene.item == item for scene in each.scenes)]
    if others and site.id not in {each.id for each in others}:
        raise UsageError(
            f"{number.upper()} is a scene of {others[0].number} already. Add the picture, cut out for {site.number}, as an item of its own."
        )


def _completed(said: SceneSaid, earlier: SceneSaid | None) -> SceneSaid:
    if earlier is None:
        return said
    given = {name: value for name in said.facts.__struct_fields__ if (value := getattr(said.facts, name)) is not None}
    return SceneSaid(
        site=said.site,
        facts=msgspec.structs.replace(earlier.facts, **given),
        control_points=said.control_points or earlier.control_points,
        caption=said.caption or earlier.caption,
        left_out=said.left_out or earlier.left_out,
        rights=said.rights or earlier.rights,
        header=said.header,
    )


def ready(case: Case, number: str) -> WatchedSite:
    """A site whose readable scenes were read for it: a drawing that took the place of another inherits the scenes, not what was read of them."""
    require_imagery()
    site = site_of(case, number)
    for scene in site.scenes:
        if scene.found is None and scene.said.site != site.id:
            with contextlib.suppress(SceneError):  # on record; it is left out of what follows
                say_scene(case, number, scene.number, scene.said, why=f"a scene of {site.takes_place_of or number} before")
    return site_of(case, number)


def pairs_of(case: Case, site: WatchedSite, scenes: Sequence[str], *, exactly: bool = False) -> list[tuple[WatchedScene, WatchedScene]]:
    """The two scenes named, or all that follow each other where none is named and it need not be `exactly` two. Raises UsageError."""
    if scenes or exactly:
        if len(scenes) != 2:
            raise UsageError(f"Two scenes are compared; {len(scenes)} were named.")
        before, after = (scene_of(site, number, case) for number in scenes)
        if before.item == after.item:
            raise UsageError(f"{before.number} is one scene. One scene shows no change; name a second one.")
        return [(before, after)]
    readable = [scene for scene in site.scenes if scene.found is not None and scene.facts.acquired is not None]
    if len(readable) < 2:
        raise UsageError(
            f"{site.number} has {len(readable)} {'scene' if len(readable) == 1 else 'scenes'} with a known time that could be read. One scene shows no change; add others: "
            f"witnessmark watch scene {typed(case.folder.root)} {site.number} ITEM --acquired DATE"
        )
    return list(pairwise(readable))


def of_two(case: Case, site: WatchedSite, before: WatchedScene, after: WatchedScene, job: Callable[[SceneFile, SceneFile], Job]) -> Answer:
    """What a limited child answers to the job made of these two scenes."""
    with case.vault.as_file(before.item) as one, case.vault.as_file(after.item) as other:
        files = [
            SceneFile(_bytes(path), scene.number, _name(case, scene), scene.said, _header(case, scene.said))
            for path, scene in ((one, before), (other, after))
        ]
        return _failing(_asked(case, job(*files), [one, other]), f"scenes of {site.number}")


def _name(case: Case, scene: WatchedScene) -> str:
    with case.asking() as connection:
        return queries.receipts(connection, scene.item)[scene.item][0].name


def _asked(case: Case, job: Job, files: Sequence[Path]) -> Answer | ChildError:
    """The child's answer, checked: a child that was taken over could answer anything."""
    with LimitedChild(TARGET, LIMITS, within=work_place(case.access)) as child:
        try:
            return msgspec.msgpack.decode(child.call(msgspec.msgpack.encode(job), files=files), type=Answer)
        except ChildError as error:
            return error
        except msgspec.DecodeError as error:
            return ChildError(f"The decoding process gave an answer that makes no sense ({error}).")


def _failing(answer: Answer | ChildError, what: str) -> Answer:
    if isinstance(answer, JobFailedError) and answer.type == MissingPartError.__name__:
        raise MissingPartError(str(answer).partition(": ")[2])
    if isinstance(answer, ChildError):
        return Answer(refused=f"It could not be read as {what}. {answer}" if "/" in what else f"The {what} could not be compared. {answer}")
    return answer


def refusal(answer: Answer, found: object) -> str | None:
    """Why nothing was found; None where something was."""
    return None if found is not None else answer.refused or "No reason was given."


def raise_refused(answer: Answer) -> None:
    """Raises SceneError, or RegistrationError, where it was refused."""
    if answer.refused is not None:
        raise (RegistrationError if answer.registration else SceneError)(answer.refused)


def recorded(case: Case, deed: ScenesCompared | FootprintTested) -> int:
    """Record the deed; the number of its entry."""
    case.record([deed])
    return case.logs[stream_of(deed)].size - 1


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.absolute())


def hashed(value: object) -> str:
    """The sha256 of what a step was about."""
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()
