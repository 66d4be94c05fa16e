"""The leak check: whether anything below a folder holds what must not get out, in whatever form.

Every file is searched raw, unpacked and decoded (`layers`), as bytes in many encodings and as hashes (`secrets`), as text in any spelling
(`spellings`), and by its name. Reading the text out of documents and the words out of page images needs decoders of hostile files: whoever calls hands those in.
What could not be searched is an error unless the caller takes note of it: a check that did not look must not pass for one that found nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from witnessmark.errors import LeakError
from witnessmark.protect.layers import Layer, Unsearched, layers_of
from witnessmark.protect.secrets import Secret, Sought, sought
from witnessmark.protect.spellings import SHORTEST_INSIDE, as_seen, spaced
from witnessmark.protect.views import texts_of

__all__ = ["Extracted", "Extractor", "Leak", "Secret", "Unsearched", "find_leaks", "find_leaks_in", "leaks_in_layer"]

MOST_READ = 1024 * 2**20
"""Files above this many bytes are not held in memory whole: they count as not searched."""


class Leak(msgspec.Struct, frozen=True):
    """A secret found: which, in which file (relative to the folder), where inside it, and in what form. Holds no word of the secret itself."""

    secret: str
    file: str
    where: str
    form: str


class Extracted(msgspec.Struct, frozen=True):
    """What a decoder gave of a file's content: `method` ("text layer", "OCR"), the text, and what it could not do (None: nothing)."""

    method: str
    text: str
    problem: str | None = None


Extractor = Callable[[bytes, str], Iterable[Extracted]]
"""Reads the text out of a document or image given as bytes and a name; gives nothing for what it does not know."""


def find_leaks(
    folder: Path,
    secrets: Iterable[Secret],
    *,
    extractors: Sequence[Extractor] = (),
    unsearched: Callable[[Unsearched], None] | None = None,
) -> Iterator[Leak]:
    """Every place below `folder` that holds one of the secrets, each form of each place once.

    Raises LeakError for what cannot be searched (an encrypted archive, a bomb), unless `unsearched` is given to take note of it.
    """
    wanted = [sought(secret) for secret in secrets]
    for path in _files(folder):
        relative = path.relative_to(folder).as_posix()
        told = _teller(relative, unsearched)
        yield from _unlike(_in_name(relative, path, wanted))
        if path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size > MOST_READ:
            told(f"It is larger than {MOST_READ // 2**20} MiB.")
            continue
        yield from find_leaks_in(path.read_bytes(), relative, wanted, extractors=extractors, unsearched=told)


def find_leaks_in(
    content: bytes,
    name: str,
    wanted: Sequence[Sought],
    *,
    extractors: Sequence[Extractor] = (),
    unsearched: Callable[[str], None],
) -> Iterator[Leak]:
    """The same for the content of one file; `name` is how it is called in what is found."""
    yield from _unlike(_in_layers(content, name, wanted, extractors, unsearched))


def _in_layers(
    content: bytes, name: str, wanted: Sequence[Sought], extractors: Sequence[Extractor], unsearched: Callable[[str], None]
) -> Iterator[Leak]:
    for layer in layers_of(content, unsearched):
        yield from leaks_in_layer(layer, texts_of(layer.content), name, wanted)
        for extractor in extractors:
            for extracted in extractor(layer.content, name):
                if extracted.problem is not None:
                    unsearched(extracted.problem)
                form = f"in its {extracted.method}"
                yield from _in_text(extracted.text, name, layer.where, form, wanted)
                yield from _in_seen_text(extracted.text, name, layer.where, form, wanted)


def leaks_in_layer(layer: Layer, texts: Iterable[tuple[str, str]], name: str, wanted: Sequence[Sought]) -> Iterator[Leak]:
    """What one layer of a file holds, as bytes and in its `texts`, each with its form."""
    yield from _in_bytes(layer, name, wanted)
    for form, text in texts:
        yield from _in_text(text, name, layer.where, form, wanted)


def _in_bytes(layer: Layer, name: str, wanted: Sequence[Sought]) -> Iterator[Leak]:
    lowered = layer.content.lower()
    for one in wanted:
        for needle in one.needles:
            if needle.content in (lowered if needle.folded else layer.content):
                yield Leak(one.secret.what, name, layer.where, needle.form)


def _in_text(text: str, name: str, where: str, form: str, wanted: Sequence[Sought]) -> Iterator[Leak]:
    words = spaced(text)
    run = words.replace(" ", "")
    for one in wanted:
        if one.wanted is not None and one.wanted.stands_in(words, run):
            yield Leak(one.secret.what, name, where, form)


def _in_seen_text(text: str, name: str, where: str, form: str, wanted: Sequence[Sought]) -> Iterator[Leak]:
    words = as_seen(spaced(text))
    run = words.replace(" ", "")
    for one in wanted:
        if one.seen is not None and one.seen.letters >= SHORTEST_INSIDE and one.seen.stands_in(words, run):
            yield Leak(one.secret.what, name, where, form)


def _in_name(relative: str, path: Path, wanted: Sequence[Sought]) -> Iterator[Leak]:
    name = "a file whose name is not shown"
    target = os.fsencode(path.readlink()) if path.is_symlink() else b""
    for label, content in (("its name", os.fsencode(relative)), ("where its link points", target), *_attributes(path)):
        found = [*_in_bytes(Layer(label, content), name, wanted)]
        for form, text in texts_of(content):
            found += _in_text(text, name, label, form, wanted)
        yield from found


def _attributes(path: Path) -> Iterator[tuple[str, bytes]]:
    """Extended attributes travel with a file where the file system has them."""
    if not hasattr(os, "listxattr"):
        return
    try:
        for attribute in os.listxattr(path, follow_symlinks=False):
            yield "an extended attribute", os.fsencode(attribute) + b" " + os.getxattr(path, attribute, follow_symlinks=False)
    except OSError:
        return


def _files(folder: Path) -> Iterator[Path]:
    """Everything below, folders too, since they have names; links are not followed."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(parent) / name for name in sorted([*folders, *files]))


def _teller(file: str, unsearched: Callable[[Unsearched], None] | None) -> Callable[[str], None]:
    def tell(why: str) -> None:
        if unsearched is None:
            raise LeakError(f"{file} could not be searched for what must not get out. {why}")
        unsearched(Unsearched(file, why))

    return tell


def _unlike(leaks: Iterable[Leak]) -> Iterator[Leak]:
    seen: set[Leak] = set()
    for leak in leaks:
        if leak not in seen:
            seen.add(leak)
            yield leak
