"""Turns blocks into HTML: templates for structure, one function for the parts of a line. Escaping is never off.

Everything foreign passes through `visible` and into a `<bdi>`; `Markup` is made here and in the templates only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup, escape

from witnessmark.publish.block import Block, Grid, NewPage, Parallel, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation
from witnessmark.publish.paging import Piece
from witnessmark.publish.prose import AsWritten, Code, FileName, Flag, Given, Inline, Jump, OwnWords, Part, Ref
from witnessmark.publish.visible import direction, visible

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Template

LONGEST_KEPT = 60
"""Characters of a name up to which its form on a page is kept for the next time it is needed."""

_SEPARATOR = "<!--rows-->"
"""Where a rendered table is cut into head, rows and tail. Escaped text cannot hold it."""


@cache
def _compiled() -> BytecodeCache:
    """What templates were compiled to in this process: a screen draws many small parts, each with a renderer of its own."""
    from jinja2.bccache import Bucket, BytecodeCache

    class InMemory(BytecodeCache):
        def __init__(self) -> None:
            self._kept: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in self._kept:
                bucket.bytecode_from_string(self._kept[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._kept[bucket.key] = bucket.bytecode_to_string()

    return InMemory()


class Renderer:
    """The templates, bound to one case's citations."""

    def __init__(self, casebook: Casebook) -> None:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # the command line must not pay for it

        self._casebook = casebook
        self._wraps = count(1)
        self._environment = Environment(
            loader=PackageLoader("witnessmark.publish"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_compiled(),
        )
        self._environment.filters.update(visible=visible, named=self._named, direction=direction)
        self._environment.globals.update(inline=self.inline, cites=self.cites, guards=casebook.guards.marks, target=casebook.target)
        self._blocks: dict[str, Template] = {}
        self._refs: dict[Citation, Markup] = {}
        self._names: dict[str, str] = {}
        self._shown: dict[Part, Markup] = {}

    def page(self, **values: object) -> str:
        """A whole page around rendered content."""
        return self.part("page.html.j2", **values)

    def part(self, template: str, **values: object) -> str:
        """A named template with these values, which are escaped unless they came from here."""
        return self._template(template).render(values)

    @staticmethod
    def trusted(html: str) -> Markup:
        """HTML that the templates made, for use inside another template."""
        return Markup(html)  # noqa: S704 -- made by autoescaping templates from parts, never from a value of the case

    def pieces(self, block: Block) -> Iterator[Piece]:
        """A block as pieces that stay together: a table as its rows, anything else as one."""
        if isinstance(block, NewPage):
            yield Piece("", new_page=block.slug, title=block.title)
            return
        html = self._template(f"{type(block).__name__.lower()}.html.j2").render(block=block)
        if isinstance(block, Table | Grid | Parallel):
            head, *rows, tail = html.split(_SEPARATOR)
            wrap = next(self._wraps)
            yield from (Piece(row, wrap, head, tail) for row in rows)
        else:
            yield Piece(html)

    def inline(self, parts: Inline) -> Markup:
        """A line: our words escaped, everything else as what it is."""
        return Markup("".join(self._part(part) for part in parts))  # noqa: S704 -- every part is escaped

    def cites(self, citations: tuple[Citation, ...]) -> Markup:
        """The links after a sentence, each once."""
        return Markup(" ".join(self._ref(citation) for citation in dict.fromkeys(citations)))  # noqa: S704 -- every link is escaped

    def _named(self, text: str) -> str:
        """A title or a name outside a line: made visible, exact positions of sensitive places covered."""
        if text not in self._names:
            self._names[text] = visible(self._casebook.discretion.cover(text))
        return self._names[text]

    def _part(self, part: Part) -> Markup:
        if isinstance(part, str):
            return escape(part)
        if isinstance(part, Flag):
            return Markup('<strong class="flag {}">{}</strong>').format(part.kind, part.text)
        if isinstance(part, Ref):
            return self._ref(part.citation)
        if len(part.text) > LONGEST_KEPT:
            return self._made(part)
        if part not in self._shown:
            self._shown[part] = self._made(part)
        return self._shown[part]

    def _made(self, part: Given | FileName | AsWritten | OwnWords | Code | Jump) -> Markup:
        covered = isinstance(part, Given | FileName | Code)
        text = self._casebook.discretion.cover(part.text) if covered else part.text
        return _foreign(msgspec.structs.replace(part, text=text) if text != part.text else part)

    def _ref(self, citation: Citation) -> Markup:
        if citation not in self._refs:
            target = self._casebook.target(citation)
            if target is None:
                raise KeyError(f"{citation.kind} is not in this case")
            self._refs[citation] = Markup('<a class="ref" href="#{}">{}</a>').format(target.anchor, target.label)
        return self._refs[citation]

    def _template(self, name: str) -> Template:
        if name not in self._blocks:
            self._blocks[name] = self._environment.get_template(name)
        return self._blocks[name]


def _foreign(part: Given | FileName | AsWritten | OwnWords | Code | Jump) -> Markup:
    match part:
        case Given():
            return _isolated(part.text, "given", None)
        case FileName():
            return Markup('<bdi class="given" dir="ltr">{}</bdi>').format(visible(part.text))
        case AsWritten():
            return _isolated(part.text, "written", part.language)
        case OwnWords():
            return Markup("<q>“{}”</q>").format(_isolated(part.text, "words", part.language))
        case Code():
            return Markup("<code>{}</code>").format(visible(part.text))
        case Jump():
            return Markup('<a href="#{}"><bdi>{}</bdi></a>').format(part.anchor, visible(part.text))


def _isolated(text: str, kind: str, language: str | None) -> Markup:
    marks = "" if language is None else f' lang="{escape(language)}" dir="{escape(direction(language))}"'
    return Markup(f'<bdi class="{escape(kind)}"{marks}>{escape(visible(text))}</bdi>')  # noqa: S704 -- `format` does the same six times slower
