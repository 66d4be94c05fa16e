"""The draft as files: closed in itself, the same every time, small pages, and betraying no holdings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest

from witnessmark.model.claim import Speaker
from witnessmark.model.view import CaseView
from witnessmark.publish import draft

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

PAGE_LIMIT = 300_000
VOID = {"meta", "link", "br"}
ALLOWED = {
    *("html", "head", "meta", "title", "link", "body", "header", "nav", "main", "footer", "section", "article", "h1", "h2", "h3", "h4"),
    *(
        "a",
        "p",
        "div",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "time",
        "code",
        "span",
        "bdi",
        "q",
        "mark",
        "sup",
        "blockquote",
        "details",
        "summary",
        "aside",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
    *("svg", "desc", "g", "text", "line", "rect", "path", "circle"),
}
KEYS = {
    *("id", "item", "attribution", "public_id", "document", "parent", "commitment", "root", "claim", "about", "subject", "number"),
    *("text", "content", "at", "as_of", "opened"),
}
"""Fields of a view that are keys, times, or bound to offsets of a text."""


class Page(HTMLParser):
    """What a browser would find in a page: tags, attributes, anchors, links; it insists that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Closes the element opened last, and no other."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Words on the page."""
        self.words.append(data)

    @property
    def anchors(self) -> list[str]:
        """Every id."""
        return [value for _, attributes in self.tags if (value := attributes.get("id")) is not None]

    @property
    def links(self) -> list[str]:
        """Every href."""
        return [value for tag, attributes in self.tags if tag in {"a", "link"} and (value := attributes.get("href")) is not None]


def pages_of(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}


def broken_links(files: dict[str, bytes]) -> list[str]:
    """Every link that does not lead to a file of the draft and, where it names one, to an anchor in it."""
    pages = pages_of(files)
    anchors = {path: set(page.anchors) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            target = file or path
            if target not in files or (anchor and anchor not in anchors[target]):
                broken.append(f"{path}: {link}")
    return broken


@cache
def large_files(build: Callable[[int], CaseView]) -> dict[str, bytes]:
    return draft(build(2_000))


def test_every_link_leads_to_an_anchor_that_exists(case: CaseView) -> None:
    files = draft(case)
    assert broken_links(files) == []
    assert sum(len(page.links) for page in pages_of(files).values()) > 100


def test_every_link_of_a_case_on_many_pages_leads_somewhere(large_case: Callable[[int], CaseView]) -> None:
    files = large_files(large_case)
    assert "claims-2.html" in files
    assert broken_links(files) == []


def test_no_anchor_is_given_twice_on_a_page_or_across_pages(case: CaseView, large_case: Callable[[int], CaseView]) -> None:
    for files in (draft(case), large_files(large_case)):
        anchors = [anchor for page in pages_of(files).values() for anchor in page.anchors if anchor != "main"]
        assert len(anchors) == len(set(anchors))


def test_pages_stay_under_300_kilobytes_with_2000_claims(large_case: Callable[[int], CaseView]) -> None:
    sizes = {path: len(content) for path, content in large_files(large_case).items()}
    assert {path: size for path, size in sizes.items() if size >= PAGE_LIMIT} == {}


def test_the_front_page_of_a_large_case_is_short_and_leads_with_findings(large_case: Callable[[int], CaseView]) -> None:
    files = large_files(large_case)
    front = Page(files["index.html"].decode())
    assert len(files["index.html"]) < 150_000
    titles = ["Findings", "Allegation beside denial", "Summary", "Map", "Timeline", "Who says what", "Evidence", "Limits", "Documents"]
    assert [word for word in front.words if word in titles][len(titles) :] == titles
    for path in ("denials.html", "timeline.html", "claims.html", "evidence.html"):
        assert path in {link.partition("#")[0] for link in front.links}, path
    assert not any(link.startswith("claim-") and link.endswith(".html") for link in front.links)


def test_a_small_case_is_one_page_to_read_with_its_documents_and_claims_behind_it(case: CaseView) -> None:
    assert {path.partition("-")[0] for path in draft(case)} == {
        "index.html", "dossier.css", "document", "claim", "incident", "place", "how"
    }  # fmt: skip


def test_every_claim_of_a_large_case_has_its_card_and_its_lit_place(large_case: Callable[[int], CaseView]) -> None:
    view = large_case(2_000)
    anchors = {anchor for page in pages_of(large_files(large_case)).values() for anchor in page.anchors}
    assert {f"{kind}-{read.public_id}" for read in view.claims for kind in ("claim", "mark")} <= anchors


def test_the_same_view_gives_the_same_bytes(case: CaseView) -> None:
    copy = msgspec.json.decode(msgspec.json.encode(case), type=CaseView)
    assert draft(case) == draft(copy)


def test_nothing_is_fetched_and_nothing_runs(case: CaseView) -> None:
    for path, content in draft(case).items():
        text = content.decode()
        assert "http://" not in text, path
        assert "https://" not in text, path
        assert "@import" not in text
        assert "url(" not in text
    for page in pages_of(draft(case)).values():
        assert all("src" not in attributes and "style" not in attributes for _, attributes in page.tags)


def test_every_page_forbids_scripts_and_carries_the_watermark(case: CaseView) -> None:
    for page in pages_of(draft(case)).values():
        policies = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        assert policies[0] is not None
        assert policies[0].startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in policies[0]
        assert "Working draft — machine readings not checked by a person — not for publication" in page.words


def test_headings_come_in_order(case: CaseView) -> None:
    for path, page in pages_of(draft(case)).items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_no_hash_of_a_hidden_item_and_nothing_computed_from_it_is_anywhere(case: CaseView) -> None:
    hidden = {held.item.id: held for held in case.items if not held.item.already_public}
    secrets = set(hidden)
    for held in hidden.values():
        if held.document:
            content = held.document.text.encode()
            assert hashlib.sha256(content).hexdigest() == held.item.id
            secrets |= {hashlib.md5(content).hexdigest(), hashlib.sha1(content).hexdigest(), held.document.id}  # noqa: S324 -- to search for them
    secrets |= {name for read in case.claims if read.item in hidden for name in (read.claim.id, read.claim.attribution)}
    secrets |= {numbered.incident.id for numbered in case.incidents}
    beginnings = {secret.rpartition("-")[2][:12] for secret in secrets}
    assert len(beginnings) > 20
    files = draft(case)
    written = "\n".join([*files, *(content.decode() for content in files.values())]).lower()
    assert [beginning for beginning in beginnings if beginning in written] == []


def test_the_hash_of_an_item_already_public_is_shown(case: CaseView) -> None:
    public = [held.item.id for held in case.items if held.item.already_public]
    assert len(public) == 1
    assert public[0] in draft(case)["index.html"].decode()


@pytest.mark.parametrize("spell", [str.lower, str.upper, lambda digest: f"x{digest}", lambda digest: digest[:20]])
def test_a_hidden_hash_that_somebody_wrote_down_is_covered(pile: Pile, spell: Callable[[str], str]) -> None:
    secret = pile.hold(b"the leaked order", "order.pdf", failure="no text layer")
    digest = spell(secret)
    list_of_hashes = f"Files sent to us:\n{digest}  order.pdf\nThe courier said {digest} was genuine.\n"
    manifest = pile.hold(list_of_hashes.encode(), f"{digest}.txt", text=list_of_hashes, document={"title": f"About {digest}"})
    pile.say(manifest, f"{digest} was genuine", cue="said", speaker=Speaker(f"Courier {digest}"))
    pile.say(manifest, f"{digest[12:]} was genuine", speaker=Speaker("the courier"))
    files = draft(pile.view())
    written = "\n".join([*files, *(content.decode() for content in files.values())]).lower()
    assert [at for at in range(len(secret) - 15) if secret[at : at + 16] in written] == []
    assert "█" * 20 in written
    assert broken_links(files) == []


def test_hostile_markup_in_any_field_is_inert(pile: Pile) -> None:
    attack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</bdi></table><!--rows-->\u202e\u2066\x00\ud800"
    text = f"Ms Orlo said {attack} was there.\n"
    item = pile.hold(b"hostile", "hostile.txt", text=text)
    pile.say(item, f"{attack} was there", cue="said", speaker=Speaker("Orlo"))
    pile.hold(b"unread", "unread.bin", failure="broken")
    files = draft(_poisoned(pile.view(), attack))
    for path, content in files.items():
        page = Page(content.decode()) if path.endswith(".html") else None
        if page is None:
            continue
        assert {tag for tag, _ in page.tags} <= ALLOWED, path
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", content.decode())
    assert broken_links(files) == []
    words = "".join(Page(files["index.html"].decode()).words)
    assert attack.replace("\u202e\u2066\x00\ud800", "⟦U+202E⟧⟦U+2066⟧⟦U+0000⟧⟦U+D800⟧") in words


def _poisoned(view: CaseView, attack: str) -> CaseView:
    """The view with `attack` in every string that is not a key, an offset-bound text or a date."""

    def poison(value: object) -> object:
        if isinstance(value, msgspec.Struct):
            changes = {
                name: poison(each) for name in value.__struct_fields__ if (each := getattr(value, name)) is not None and name not in KEYS
            }
            deeper = {
                name: poison(getattr(value, name))
                for name in ("item", "claim", "document")
                if isinstance(getattr(value, name, None), msgspec.Struct)
            }
            return msgspec.structs.replace(value, **changes, **deeper)
        if isinstance(value, tuple):
            return tuple(poison(each) for each in value)
        return f"{value}{attack}" if type(value) is str else value

    poisoned = poison(view)
    assert isinstance(poisoned, CaseView)
    return poisoned


def test_a_public_id_that_could_escape_the_folder_is_refused(case: CaseView) -> None:
    held = msgspec.structs.replace(case.items[0], public_id="../../etc")
    with pytest.raises(ValueError, match="public id"):
        draft(msgspec.structs.replace(case, items=(held, *case.items[1:])))


def test_an_empty_case_still_gives_a_front_page(pile: Pile) -> None:
    files = draft(pile.view())
    assert set(files) == {"index.html", "dossier.css"}
    assert broken_links(files) == []
    bare = msgspec.structs.replace(pile.view(), heads=(), methods=(), warnings=())
    assert broken_links(draft(bare)) == []


def test_a_long_document_is_split_and_a_very_long_one_is_shown_around_its_claims(pile: Pile) -> None:
    long = "A line of a very long report.\n" * 12_000 + "The clerk said the archive was burnt.\n"
    first = pile.hold(long.encode(), "long.txt", text=long)
    pile.say(first, "the archive was burnt", cue="said", speaker=Speaker("the clerk"))
    endless = "Nothing happens here.\n" * 60_000 + "The driver said the bridge was mined.\n" + "Nothing more.\n" * 60_000
    second = pile.hold(endless.encode(), "endless.txt", text=endless)
    pile.say(second, "the bridge was mined", cue="said", speaker=Speaker("the driver"))
    files = draft(pile.view())
    assert broken_links(files) == []
    assert max(map(len, files.values())) < PAGE_LIMIT
    split, windowed = (f"document-{held.public_id}" for held in pile.items)
    assert f"{split}-2.html" in files
    assert f"{windowed}-2.html" not in files
    assert "only what stands around its claims is shown" in files[f"{windowed}.html"].decode()
    shown = "".join("".join(Page(content.decode()).words) for path, content in files.items() if path.startswith(split))
    assert shown.count("A line of a very long report.") == 12_000
