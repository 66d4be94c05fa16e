"""The last look before anything leaves: whether what is finished holds a hash of what stays, a name that must not be there, or the file name of what stays.

It searches finished bytes, so that no section, template or style sheet can forget, and everything packed or encoded in them (`layers`), in every reading of
them (`views`). Hashes are sought as people write them (hex, whole or by a beginning; base64) and as bytes; names by the rule that covers them and by that of the
leak check, which also sees them inside longer words; file names whole.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from witnessmark.errors import LeakError
from witnessmark.protect.betrayal import RUN, beginnings, holds
from witnessmark.protect.layers import Layer, layers_of
from witnessmark.protect.leaks import find_leaks_in
from witnessmark.protect.secrets import Secret, Sought, sought
from witnessmark.protect.views import texts_of
from witnessmark.text.masking import Mask

_TAG = re.compile(r"<[^>]*>")
_TOKEN = re.compile(r"[^\s\"'<>/\\|]+")
_FEWEST_ENCODED = 10
"""Characters of an encoded name below which a match in pages full of random ids would be chance."""
SHORTEST_FILE_NAME = 8
"""Characters from which a file name tells of a file: "a.txt" is everybody's."""


class Betrayal(msgspec.Struct, frozen=True):
    """What a file gives away: `what` in words, never the thing itself."""

    file: str
    what: str


class LastLook:
    """What must not leave, prepared once. `names` are said by `what`; `files` maps file names to what to call them in a message."""

    def __init__(self, digests: Iterable[bytes], names: Iterable[Secret], files: Mapping[str, str]) -> None:
        """A digest is looked for in each of its forms; a file name only as a whole."""
        names = list(names)
        self._digests = list(digests)
        self._beginnings = set(beginnings(self._digests))
        self._mask = Mask(str(name.value) for name in names)
        self._names = [_without_chance(sought(name)) for name in names]
        self._files: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, what in files.items():
            folded = name.casefold()
            if tokens := _TOKEN.findall(folded):
                self._files[tokens[-1]].append((folded, what))

    def at(self, file: str, content: bytes, unsearched: Callable[[str], None] | None = None) -> Iterator[Betrayal]:
        """What a file gives away by its name or content, each thing once. Raises LeakError for what cannot be searched, unless `unsearched` takes note."""
        told = unsearched or _refusing(file)
        found = {what: None for part in (file.encode(), content) for what in self._found(part, told)}
        yield from (Betrayal(file, what) for what in found)

    def _found(self, content: bytes, unsearched: Callable[[str], None]) -> Iterator[str]:
        for layer in layers_of(content, unsearched):
            if self._holds_digest(layer):
                yield "a hash of an original that must not be known"
            if self._files:
                yield from (what for _, text in texts_of(layer.content) for what in self._files_in(text))
        if self._names:
            yield from (leak.secret for leak in find_leaks_in(content, "", self._names, unsearched=unsearched))
            if any(self._mask.spans(words) for words in _words(content)):
                yield "a name that must not be there"

    def _holds_digest(self, layer: Layer) -> bool:
        return any(holds(run.group(), self._beginnings) for run in RUN.finditer(layer.content)) or any(
            digest in layer.content for digest in self._digests
        )

    def _files_in(self, text: str) -> Iterator[str]:
        folded = text.casefold()
        for token in _TOKEN.finditer(folded):
            bare = token.group().rstrip(".,;:!?)]}")
            end = token.start() + len(bare)
            for name, what in self._files.get(bare, ()):
                if folded.endswith(name, 0, end):
                    yield what


def is_telling(name: str) -> bool:
    """Whether a file name is long enough to tell of a file."""
    return len(name) >= SHORTEST_FILE_NAME and "." in name


def _without_chance(one: Sought) -> Sought:
    """A name by the forms that mean it: not as a hash, which nobody prints of a name, and not in an encoding so short that random ids hold it."""
    kept = (needle for needle in one.needles if len(needle.content) >= _FEWEST_ENCODED and not needle.form.startswith("as its"))
    return msgspec.structs.replace(
        one, needles=tuple(needle for needle in kept if " of its " not in needle.form and "bytes" not in needle.form)
    )


def _refusing(file: str) -> Callable[[str], None]:
    def refuse(why: str) -> None:
        raise LeakError(f"{file} could not be searched for what must not get out, so nothing was written. {why}")

    return refuse


def _words(content: bytes) -> Iterator[str]:
    """The words of a page as a reader sees them, and as they stand in its source."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return
    yield html.unescape(text)
    yield html.unescape(_TAG.sub("", text))
