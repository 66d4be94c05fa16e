from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.read.read_originals import anchored, document_of, reason_of, stored

from witnessmark.model.document import Origin
from witnessmark.read.webmeta import day_of

BODY = """<nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Ministry denies shelling</h1>
<p>The ministry of defence of Norvala on Sunday denied that its forces had shelled the market in Tessel, where residents say at least
13 people were killed.</p><p>“No unit fired on Tessel,” a spokesman said. <b>He</b> added that an inquiry had begun.</p>
<blockquote><p>We heard three explosions, said a baker.</p></blockquote></article><script>document.write("injected words")</script>"""
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "name": "Not the publisher"},
        {
            "@type": ["NewsArticle"],
            "datePublished": "2031-05-04T23:10:00+03:00",
            "publisher": {"@type": "Organization", "name": "Harbour Post"},
            "author": [{"name": "Ana Reed"}, {"name": "Ivo Tern"}],
        },
    ],
}


def page(head: str = "", body: str = BODY) -> str:
    return f"<!doctype html><html lang='en'><head><title>Ministry denies shelling | Harbour Post</title>{head}</head><body>{body}</body></html>"


def test_the_main_text_is_paragraphs_without_menus_and_scripts(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.html", page()))
    paragraphs = document.text.split("\n\n")
    assert paragraphs[0] == "Ministry denies shelling"
    assert paragraphs[2] == "“No unit fired on Tessel,” a spokesman said. He added that an inquiry had begun."
    assert paragraphs[3] == "We heard three explosions, said a baker."
    assert "injected" not in document.text
    assert "Home" not in document.text
    assert [text for _, text in anchored(document)] == paragraphs
    assert document.problems == ()


def test_json_ld_states_day_publisher_and_authors(tmp_path: Path) -> None:
    head = f"<script type='application/ld+json'>{json.dumps(LINKED)}</script>"
    document = document_of(stored(tmp_path, "a.html", page(head)))
    assert document.published is not None
    assert document.publisher is not None
    assert (document.published.value, document.published.origin) == ("2031-05-04", Origin.METADATA)
    assert (document.publisher.value, document.publisher.origin) == ("Harbour Post", Origin.METADATA)
    assert document.author == "Ana Reed, Ivo Tern"
    assert document.metadata["published as written"] == "2031-05-04T23:10:00+03:00"


def test_meta_tags_state_the_same(tmp_path: Path) -> None:
    head = (
        "<meta property='og:site_name' content='Harbour Post'><meta property='article:published_time' content='2031-05-04'>"
        "<meta name='author' content='Ana Reed'><meta property='og:title' content='Ministry denies it'>"
    )
    document = document_of(stored(tmp_path, "a.html", page(head)))
    assert document.published is not None
    assert document.publisher is not None
    assert (document.published.value, document.publisher.value) == ("2031-05-04", "Harbour Post")
    assert (document.author, document.title) == ("Ana Reed", "Ministry denies it")


def test_a_page_that_states_two_days_is_a_problem(tmp_path: Path) -> None:
    head = (
        "<meta property='article:published_time' content='2031-05-06'>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-04"}</script>'
    )
    document = document_of(stored(tmp_path, "a.html", page(head)))
    assert document.published is not None
    assert document.published.value == "2031-05-04"
    assert any("more than one date of publication (2031-05-04, 2031-05-06)" in problem for problem in document.problems)


def test_a_page_that_states_no_day_has_none_even_if_its_text_speaks_of_one(tmp_path: Path) -> None:
    body = BODY.replace("on Sunday", "on 3 May 2027, a Sunday,")
    document = document_of(stored(tmp_path, "a.html", page("", body)))
    assert document.published is None
    assert document.publisher is None


def test_broken_json_ld_is_passed_over(tmp_path: Path) -> None:
    head = "<script type='application/ld+json'>{not json</script><meta name='date' content='2031-05-04'>"
    published = document_of(stored(tmp_path, "a.html", page(head))).published
    assert published is not None
    assert published.value == "2031-05-04"


def test_a_page_without_a_main_text_is_taken_whole_and_said_to_be(tmp_path: Path) -> None:
    document = document_of(
        stored(tmp_path, "a.html", "<html><body><div>Alive<br>here</div><table><tr><td>x</td><td>y</td></tr></table></body></html>")
    )
    assert document.text == "Alive\nhere\n\nx | y"
    assert any("whole page" in problem for problem in document.problems)


def test_a_page_that_only_scripts_would_fill_says_so(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.html", "<html><body><div id='app'></div><script>load()</script></body></html>"))
    assert document.text == ""
    assert any("loaded by scripts" in problem for problem in document.problems)


def test_a_declared_charset_is_obeyed(tmp_path: Path) -> None:
    arabic = "قالت الوزارة يوم الاثنين إن الجنود لم يكونوا في المدينة عندما قصف السوق، وإن التحقيق في ذلك بدأ من قبل."
    content = f"<html><head><meta charset='windows-1256'></head><body><article><p>{arabic}</p></article></body></html>"
    document = document_of(stored(tmp_path, "a.html", content.encode("cp1256")))
    assert document.text == arabic
    assert document.language == "ar"


def test_an_xml_declaration_does_no_harm(tmp_path: Path) -> None:
    assert "No unit fired" in document_of(stored(tmp_path, "a.xhtml", '<?xml version="1.0" encoding="utf-8"?>' + page())).text


def test_a_page_of_20_megabytes_is_read_in_time(tmp_path: Path) -> None:
    body = "".join(f"<p>Paragraph {number} of a very long page that nobody will read to its end.</p>" for number in range(260_000))
    document = document_of(stored(tmp_path, "a.html", page("", body)))
    assert document.text.count("\n\n") >= 259_999


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    document = document_of(stored(tmp_path, "a.html", "<html><body>" + "<div>" * 50_000 + "deep words" + "</div>" * 50_000))
    assert document.reader == "web-page@2"


def test_a_page_over_its_limit_is_refused_by_size(tmp_path: Path) -> None:
    path = stored(tmp_path, "a.html", page("", BODY * 200))
    with path.open("r+b") as file:
        file.truncate(40_000_000)
    assert reason_of(path).startswith("The web page has 40 MB; at most 30 MB are read.")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T23:59:00-08:00", "2031-05-04"),
        ("20310504", "2031-05-04"),
        ("Sun, 04 May 2031 10:00:00 GMT", "2031-05-04"),
        ("2031-02-30", None),
        ("last Sunday", None),
        ("", None),
        ("2031", None),
    ],
)
def test_a_day_is_taken_as_written_and_in_its_own_zone(written: str, day: str | None) -> None:
    assert day_of(written) == day
