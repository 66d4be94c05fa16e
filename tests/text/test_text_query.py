"""A query is read as people mean it; what cannot be read is a UsageError that shows where, and never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.text.query import DEEPEST, MOST_TERMS, Both, Either, Near, Node, Term, parse_query
from witnessmark.text.widening import widened, written


def term(*words: str) -> Term:
    return Term(" ".join(words), (words,))


def plain(node: Node) -> Node:
    """The tree without what was typed, to compare shapes."""
    match node:
        case Term():
            return Term(" ".join(node.words), node.readings[:1], prefix=node.prefix)
        case Near(left, right, within):
            return Near(Term(" ".join(left.words), left.readings), Term(" ".join(right.words), right.readings), within)
        case Both(parts, without):
            return Both(tuple(map(plain, parts)), tuple(map(plain, without)))
        case Either(parts):
            return Either(tuple(map(plain, parts)))


A, B, C, D = term("a"), term("b"), term("c"), term("d")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a", A),
        ("a b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ("a OR b c", Either((A, Both((B, C))))),
        ("a b OR c d", Either((Both((A, B)), Both((C, D))))),
        ("(a OR b) c", Both((Either((A, B)), C))),
        ("a NOT b", Both((A,), (B,))),
        ("NOT b a", Both((A,), (B,))),
        ("a AND NOT b", Both((A,), (B,))),
        ("a NOT (b OR c) d", Both((A, D), (Either((B, C)),))),
        ("a NEAR/3 b", Near(A, B, 3)),
        ("a NEAR b", Near(A, B, 10)),
        ("a NEAR/3 b NEAR/5 c", Both((Near(A, B, 3), Near(B, C, 5)))),
        ("“a b” c", Both((term("a", "b"), C))),
        ('"a b"c', Both((term("a", "b"), C))),
        ("«a b»", term("a", "b")),
        ("a-b", term("a", "b")),
        ("a — b ?", Both((A, B))),
        ("and or not near", Both((term("and"), term("or"), term("not"), term("near")))),
        ("Ábc* d", Both((Term("abc", (("abc",),), prefix=True), D))),
        ('"b abc*"', Term("b abc", (("b", "abc"),), prefix=True)),
    ],
)
def test_a_query_means_what_it_says(typed: str, meant: Node) -> None:
    assert plain(parse_query(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "why", "arrow"),
    [
        ("", "no word", "▶"),
        ("?!", "no word", "?!▶"),
        ("a OR", "OR needs", "a OR▶"),
        ("a AND OR b", "AND needs", "a AND ▶OR b"),
        ("OR a", "missing", "▶OR a"),
        ("NOT a", "takes away", "▶NOT a"),
        ("a OR NOT b", "takes away", "a OR ▶NOT b"),
        ("a (b", "never closed", "a ▶(b"),
        ("a) b", "no opening", "a▶) b"),
        ("()", "missing", "(▶)"),
        ('a "b', "no partner", 'a ▶"b'),
        ('a ""', "no word between", 'a ▶""'),
        ("a*", "at least 2 letters", "▶a*"),
        ("a *bc", "end of a word", "a ▶*bc"),
        ("a *", "end of a word", "a ▶*"),
        ("a NEAR (b c)", "parentheses", "a ▶NEAR (b c)"),
        ("a NEAR/9999 b", "at most 1000", "a ▶NEAR/9999 b"),
        ("a -torture", "NOT torture", "a ▶-torture"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "nested more", "▶"),
        ("a " * (MOST_TERMS + 1), "more than", "▶a"),
        ("a" * 2000, "2000 characters", ""),
    ],
)
def test_what_cannot_be_read_is_shown_where_it_goes_wrong(typed: str, why: str, arrow: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse_query(typed)
    assert why in str(fault.value)
    assert arrow in str(fault.value)


PIECES = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR", "NEAR/3", "(", ")", '"', "“", "”", "*", "-", "a", "bc", "bc*", "محمد", "京", "'", "\x00", "NEAR/"]
)


@settings(deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES, max_size=20).map(" ".join) | st.lists(PIECES, max_size=20).map("".join))
def test_any_string_is_read_or_refused_and_written_out_it_is_a_query_again(typed: str) -> None:
    try:
        read = parse_query(typed)
    except UsageError:
        return
    assert written(parse_query(written(read))) == written(read)


def test_an_arabic_word_stands_for_its_forms_with_particles_unless_quoted() -> None:
    bare, quoted, definite, short = (parse_query(typed) for typed in ("محمد", '"محمد"', "السجن", "رد"))
    assert isinstance(bare, Term)
    assert {("محمد",), ("ومحمد",), ("لمحمد",)} <= set(bare.readings)
    assert isinstance(quoted, Term)
    assert quoted.readings == (("محمد",),)
    assert isinstance(definite, Term)
    assert {("السجن",), ("للسجن",), ("بالسجن",)} <= set(definite.readings)
    assert ("سجن",) not in definite.readings
    assert isinstance(short, Term)
    assert short.readings == (("رد",),)


def test_widening_keeps_what_was_typed_first_and_leaves_what_is_excluded_alone() -> None:
    query = widened(parse_query('seydnaya "seydnaya prison" NOT seydnaya'), {"seydnaya": ["sednaya", "saydnaya"]})
    assert written(query) == (
        '((seydnaya OR sednaya OR saydnaya) AND ("seydnaya prison" OR "sednaya prison" OR "saydnaya prison") NOT seydnaya)'
    )
