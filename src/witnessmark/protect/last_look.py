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
from witnessmark.protect.betrayal import RUN, SHORTEST, beginnings, holds
from witnessmark.protect.layers import Layer, layers_of
from witnessmark.protect.leaks import leaks_in_layer
from witnessmark.protect.secrets import Secret, Sought, sought
from witnessmark.protect.spellings import spaced, squeezed
from witnessmark.protect.views import texts_of
from witnessmark.text.masking import Mask

_TAG = re.compile(r"<[^>]*>")
_PARTED = re.compile(r"[\s\"'<>/\\|()]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 255
_FEWEST_ENCODED = 10
"""Characters of an encoded name below which a match in pages full of random ids would be chance."""
_FEWEST_IN_FILM = 6
"""Bytes from which a name in one spelling is met by chance in less than one of a thousand films of 5 GB."""
SHORTEST_FILE_NAME = 8
"""Characters from which a file name tells of a file: "a.txt" is everybody's."""


class Betrayal(msgspec.Struct, frozen=True):
    """What a file gives away: `what` in words, never the thing itself."""

    file: str
    what: str


class LastLook:
    """What must not leave, prepared once. `names` are said by `what`; `files` maps file names to what to call them in a message."""

    def __init__(self, digests: Iterable[bytes], names: Iterable[Secret], files: Mapping[str, str], *, shortest: int = SHORTEST) -> None:
        """A digest is known by `shortest` characters of one of its forms, a file name only as a whole."""
        names = list(names)
        self._digests = list(digests)
        self._shortest = shortest
        self._beginnings = set(beginnings(self._digests, shortest))
        self._parts = [_LETTERS.findall(spaced(str(name.value))) for name in names]
        self._mask = Mask(str(name.value) for name in names)
        self._names = [_without_chance(sought(name)) for name in names]
        self._raw = [_in_plain_encodings(sought(name)) for name in names]
        self._files: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, what in files.items():
            self._files[_last_word(name.casefold(), len(name.casefold()))].append((name.casefold(), what))
        endings = sorted({re.escape(name.casefold().rpartition(".")[2]) for name in files})
        self._ending = re.compile(rf"\.(?:{'|'.join(endings)})(?!\w)")

    def at(self, file: str, content: bytes, unsearched: Callable[[str], None] | None = None) -> Iterator[Betrayal]:
        """What a file gives away by its name or content, each thing once. Raises LeakError for what cannot be searched, unless `unsearched` takes note."""
        told = unsearched or _refusing(file)
        found = {what: None for part in (file.encode(), content) for what in self._found(part, told)}
        yield from (Betrayal(file, what) for what in found)

    def in_large(self, file: str, blocks: Iterable[bytes]) -> Iterator[Betrayal]:
        """Which names stand in a file that is too large to be taken apart, each once: as they are written, in the encodings of `secrets`, and not in what is packed.

        `blocks` are its bytes in order; a name may lie across two.
        """
        needles = [(one.secret.what, needle) for one in self._raw for needle in one.needles]
        longest, before, told = max((len(needle.content) for _, needle in needles), default=1), b"", set[str]()
        for block in blocks:
            content = before + block
            lowered = content.lower()
            for what, needle in needles:
                if what not in told and needle.content in (lowered if needle.folded else content):
                    told.add(what)
                    yield Betrayal(file, what)
            before = content[max(0, len(content) - longest + 1) :]

    def _found(self, content: bytes, unsearched: Callable[[str], None]) -> Iterator[str]:
        for layer in layers_of(content, unsearched):
            if self._digests and self._holds_digest(layer):
                yield "a hash of an original that must not be known"
            texts = list(texts_of(layer.content))
            yield from (leak.secret for leak in leaks_in_layer(layer, texts, "", self._names))
            yield from (what for _, text in texts for what in self._files_in(text))
        if any(self._names_somebody(words) for words in _words(content)):
            yield "a name that must not be there"

    def _names_somebody(self, words: str) -> bool:
        """By the rule that covers names, which is slow: asked only where all letters of a name are there at all."""
        run = squeezed(words)
        return any(all(part in run for part in parts) for parts in self._parts) and bool(self._mask.spans(words))

    def _holds_digest(self, layer: Layer) -> bool:
        return any(holds(run.group(), self._beginnings, self._shortest) for run in RUN.finditer(layer.content)) or any(
            digest in layer.content for digest in self._digests
        )

    def _files_in(self, text: str) -> Iterator[str]:
        folded = text.casefold() if self._files else ""
        for found in self._ending.finditer(folded):
            known = self._files.get(_last_word(folded, found.end()), ())
            yield from (what for name, what in known if folded.endswith(name, 0, found.end()))


def _last_word(text: str, end: int) -> str:
    """The characters before `end` that no space, quote or slash parts."""
    start = max(0, end - _LONGEST_WORD)
    return _PARTED.split(text[start:end])[-1]


def is_telling(name: str) -> bool:
    """Whether a file name is long enough to tell of a file."""
    return len(name) >= SHORTEST_FILE_NAME and "." in name


def _without_chance(one: Sought) -> Sought:
    """A name by the forms that mean it: not as a hash, which nobody prints of a name, and not in an encoding so short that random ids hold it."""
    kept = (needle for needle in one.needles if len(needle.content) >= _FEWEST_ENCODED and not needle.form.startswith("as its"))
    return msgspec.structs.replace(
        one, needles=tuple(needle for needle in kept if " of its " not in needle.form and "bytes" not in needle.form)
    )


def _in_plain_encodings(one: Sought) -> Sought:
    """A name as text, where it is so long that it is not met by chance in gigabytes of film."""
    return msgspec.structs.replace(
        one, needles=tuple(needle for needle in one.needles if needle.form.startswith("in ") and len(needle.content) >= _FEWEST_IN_FILM)
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
