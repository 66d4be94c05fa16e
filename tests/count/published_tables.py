"""Published capture tables, as facts: how many people stand on exactly these lists. Where from stands with each."""

from witnessmark.count import CaptureTable


def _table(lists: str, counts: dict[str, int]) -> CaptureTable:
    """The names of the lists, and by history (a digit a list, in their order) how many have it."""
    names = lists.split()
    return CaptureTable.from_histories(
        names, ((sum(1 << j for j, on in enumerate(history) if on == "1"), n) for history, n in counts.items())
    )


KOSOVO = _table(
    "EXH ABA OSCE HRW",
    {
        "1000": 1131,
        "0100": 845,
        "1100": 177,
        "0010": 936,
        "1010": 228,
        "0110": 217,
        "1110": 181,
        "0001": 306,
        "1001": 106,
        "0101": 31,
        "1101": 18,
        "0011": 123,
        "1011": 42,
        "0111": 32,
        "1111": 27,
    },
)
"""Killings in Kosovo, March to June 1999 (Ball et al., American Bar Association and AAAS, 2002)."""

UK_6 = _table(
    "LA NG PF GO GP NCA",
    {
        "100000": 54,
        "010000": 463,
        "001000": 907,
        "000100": 695,
        "000010": 316,
        "000001": 57,
        "110000": 15,
        "101000": 19,
        "100100": 3,
        "011000": 56,
        "010100": 19,
        "010010": 1,
        "010001": 3,
        "001100": 69,
        "001010": 10,
        "001001": 31,
        "000110": 8,
        "000101": 6,
        "000011": 1,
        "111000": 1,
        "110100": 1,
        "011100": 4,
        "011001": 3,
        "001101": 1,
        "111100": 1,
    },
)
"""Potential victims of trafficking, United Kingdom 2013 (Bales, Hesketh & Silverman, Significance 12, 2015)."""

UK_5 = _table(
    "LA NG PFNCA GO GP",
    {
        "10000": 54,
        "01000": 463,
        "00100": 995,
        "00010": 695,
        "00001": 316,
        "11000": 15,
        "10100": 19,
        "10010": 3,
        "01100": 62,
        "01010": 19,
        "01001": 1,
        "00110": 76,
        "00101": 11,
        "00011": 8,
        "11100": 1,
        "11010": 1,
        "01110": 4,
        "11110": 1,
    },
)
"""The same with two lists joined."""

NETHERLANDS_6 = _table(
    "I K O P R Z",
    {
        "101100": 4,
        "101000": 1,
        "100101": 4,
        "100100": 18,
        "100010": 3,
        "100001": 16,
        "100000": 352,
        "011000": 1,
        "010100": 44,
        "010001": 4,
        "010000": 1299,
        "001110": 2,
        "001101": 7,
        "001100": 59,
        "001010": 2,
        "001001": 57,
        "001000": 403,
        "000111": 1,
        "000110": 82,
        "000101": 125,
        "000100": 4466,
        "000011": 2,
        "000010": 650,
        "000001": 632,
    },
)
"""Potential victims of trafficking, Netherlands 2010-2015 (van Dijk et al., 2017; Chan, Silverman & Vincent 2021)."""

NETHERLANDS_5 = _table(
    "IO K P R Z",
    {
        "10000": 756,
        "01000": 1299,
        "00100": 4466,
        "00010": 650,
        "00001": 632,
        "11000": 1,
        "10100": 81,
        "10010": 5,
        "10001": 73,
        "01100": 44,
        "01001": 4,
        "00110": 82,
        "00101": 125,
        "00011": 2,
        "10110": 2,
        "10101": 11,
        "00111": 1,
    },
)
"""The same with two lists joined."""

ARTIFICIAL_3 = _table("A B C", {"100": 40, "010": 30, "001": 20, "110": 6})
"""Three lists of which only two overlap (Chan, Silverman & Vincent 2021)."""
