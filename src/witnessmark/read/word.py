"""Word files: paragraphs, tables, text boxes and notes in document order.

The text is taken from the markup itself rather than from python-docx's paragraphs, which leave out inserted (tracked)
text and text boxes. Deleted text is not read, and that there is some is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from witnessmark.model.document import AnchorKind
from witnessmark.read.archive import UNPACKING_FAULTS, check_archive
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, described
from witnessmark.read.held_pictures import HeldPictures, keep_of_archive
from witnessmark.read.request import ReadParams

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}


def read_word(original: Original, _: ReadParams) -> Extract:
    """Body, then footnotes, endnotes and comments; core properties as metadata, pictures as children."""
    check_archive(original.path, "word/document.xml", "Word document")
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        document = docx.Document(str(original.path))
        passages = Passages()
        _add_blocks(passages, document.element.body)
        for kind, root in _note_parts(document):
            _add_notes(passages, kind, root)
        pictures = HeldPictures()
        keep_of_archive(pictures, original.path, "word/media/")
        problems = (*_problems(document), *pictures.problems())
        core = document.core_properties
        metadata = described(
            {
                "created": core.created,
                "modified": core.modified,
                "last modified by": core.last_modified_by,
                "subject": core.subject,
                "keywords": core.keywords,
                "comments": core.comments,
                "revision": core.revision,
                **pictures.told(),
            }
        )
    except (
        etree.XMLSyntaxError,
        PackageNotFoundError,
        *UNPACKING_FAULTS,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise UnreadableError(f"The Word document is damaged ({error}).") from error
    return Extract(
        passages.text,
        title=core.title or None,
        author=core.author or None,
        anchors=tuple(passages.anchors),
        problems=problems,
        metadata=metadata,
        children=pictures.children,
    )


def _add_blocks(passages: Passages, body: _Element) -> None:
    number = 0
    for block in _blocks(body):
        text = _table_text(block) if block.tag == f"{_W}tbl" else paragraph_text(block)
        for part in (text, *_boxed(block)):
            if part.strip():
                number += 1
                passages.add(part, AnchorKind.PARAGRAPH, str(number))


def _blocks(parent: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, looking through content controls and insertions that wrap them."""
    for child in parent.iterchildren():
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _blocks(child)


def paragraph_text(paragraph: _Element) -> str:
    """The characters of one paragraph, inserted ones included, deleted and boxed ones not."""
    return "".join(_characters(paragraph)).strip("\n")


def _characters(parent: _Element) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in {f"{_W}p", f"{_W}tbl", f"{_W}pPr", f"{_W}rPr", f"{_W}moveFrom", _FALLBACK}:
            yield from _characters(child)


def _boxed(block: _Element) -> list[str]:
    """The paragraphs of text boxes drawn inside a block; each box is stored twice, the second time for old programs."""
    found: list[str] = []
    for box in block.iter(f"{_W}txbxContent"):
        if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
            found.extend(paragraph_text(paragraph) for paragraph in box.iterchildren(f"{_W}p"))
    return found


def _table_text(table: _Element) -> str:
    rows = []
    for row in table.iterchildren(f"{_W}tr"):
        cells = [" ".join(_cell_lines(cell)) for cell in row.iterchildren(f"{_W}tc")]
        rows.append(" | ".join(cells))
    return "\n".join(row for row in rows if row.strip(" |"))


def _cell_lines(cell: _Element) -> Iterator[str]:
    for block in _blocks(cell):
        text = _table_text(block) if block.tag == f"{_W}tbl" else paragraph_text(block)
        if text.strip():
            yield text.replace("\n", " ")


def _note_parts(document: WordDocument) -> Iterator[tuple[str, _Element]]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in _NOTES and not relation.is_external:
            yield kind, etree.fromstring(relation.target_part.blob, parser)


def _add_notes(passages: Passages, kind: str, root: _Element) -> None:
    number = 0
    for note in root.iterchildren():
        if note.get(f"{_W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        text = "\n".join(paragraph_text(paragraph) for paragraph in note.iter(f"{_W}p"))
        number += 1
        if text.strip():
            passages.add(text.strip(), AnchorKind.PART, f"{_NOTES[kind]} {number}")


def _problems(document: WordDocument) -> tuple[str, ...]:
    problems = []
    body = document.element.body
    if next(body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom"), None) is not None:
        problems.append("The document holds tracked changes: inserted text was read, deleted text was not.")
    return tuple(problems)


READER = Reader("word", "2", read_word)
