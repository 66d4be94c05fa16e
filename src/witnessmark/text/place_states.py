"""States and provinces as North American writing shortens them ("Tenn.", "KY", "D-S.C."), and the state or country that follows a name after a comma."""

from __future__ import annotations

import re

from witnessmark.text.fold import folded

_STATE_SHORT = {
    short: name.replace("_", " ")
    for short, _, name in (
        pair.partition(":")
        for pair in [
            "Ala:Alabama",
            "Ariz:Arizona",
            "Ark:Arkansas",
            "Calif:California",
            "Colo:Colorado",
            "Conn:Connecticut",
            "Del:Delaware",
            "Fla:Florida",
            "Ga:Georgia",
            "Ill:Illinois",
            "Ind:Indiana",
            "Kan:Kansas",
            "Ky:Kentucky",
            "La:Louisiana",
            "Md:Maryland",
            "Mass:Massachusetts",
            "Mich:Michigan",
            "Minn:Minnesota",
            "Miss:Mississippi",
            "Mo:Missouri",
            "Mont:Montana",
            "Neb:Nebraska",
            "Nev:Nevada",
            "Okla:Oklahoma",
            "Ore:Oregon",
            "Pa:Pennsylvania",
            "Penn:Pennsylvania",
            "Tenn:Tennessee",
            "Tex:Texas",
            "Vt:Vermont",
            "Va:Virginia",
            "Wash:Washington",
            "Wis:Wisconsin",
            "Wyo:Wyoming",
            "W.Va:West_Virginia",
            "W._Va:West_Virginia",
            "S.C:South_Carolina",
            "N.C:North_Carolina",
            "N.Y:New_York",
            "N.J:New_Jersey",
            "N.H:New_Hampshire",
            "N.M:New_Mexico",
            "R.I:Rhode_Island",
            "S.D:South_Dakota",
            "N.D:North_Dakota",
            "D.C:District_of_Columbia",
            "Ont:Ontario",
            "Que:Quebec",
            "Alta:Alberta",
            "B.C:British_Columbia",
            "Sask:Saskatchewan",
            "Man:Manitoba",
            "N.S:Nova_Scotia",
            "N.B:New_Brunswick",
        ]
    )
} | {
    code: name.replace("_", " ")
    for code, _, name in (
        pair.partition(":")
        for pair in [
            "AL:Alabama",
            "AK:Alaska",
            "AZ:Arizona",
            "AR:Arkansas",
            "CA:California",
            "CO:Colorado",
            "CT:Connecticut",
            "DE:Delaware",
            "FL:Florida",
            "GA:Georgia",
            "HI:Hawaii",
            "ID:Idaho",
            "IL:Illinois",
            "IN:Indiana",
            "IA:Iowa",
            "KS:Kansas",
            "KY:Kentucky",
            "LA:Louisiana",
            "ME:Maine",
            "MD:Maryland",
            "MA:Massachusetts",
            "MI:Michigan",
            "MN:Minnesota",
            "MS:Mississippi",
            "MO:Missouri",
            "MT:Montana",
            "NE:Nebraska",
            "NV:Nevada",
            "NH:New_Hampshire",
            "NJ:New_Jersey",
            "NM:New_Mexico",
            "NY:New_York",
            "NC:North_Carolina",
            "ND:North_Dakota",
            "OH:Ohio",
            "OK:Oklahoma",
            "OR:Oregon",
            "PA:Pennsylvania",
            "RI:Rhode_Island",
            "SC:South_Carolina",
            "SD:South_Dakota",
            "TN:Tennessee",
            "TX:Texas",
            "UT:Utah",
            "VT:Vermont",
            "VA:Virginia",
            "WA:Washington",
            "WV:West_Virginia",
            "WI:Wisconsin",
            "WY:Wyoming",
            "DC:District_of_Columbia",
        ]
    )
}
"""How American writing shortens the states of the US and the provinces of Canada: as the press does, and as the post does."""
_SHORT_STATE = re.compile(
    r"(?:(?<=[A-Za-z],\s)|(?<=[A-Za-z]\),\s)|(?<=\b[DR]-)|(?<=\([DR]-)|(?<![\w.-])(?=[A-Z]\.\s?[A-Z]\.))"
    r"(?P<short>"
    + "|".join(re.escape(short).replace("_", r"\s") for short in sorted(_STATE_SHORT, key=len, reverse=True))
    + r")(?![\w])\.?"
)


def short_states(text: str) -> list[tuple[int, int, str]]:
    """Each shortened state after a comma or a party ("Nashville, Tenn.", "D-S.C."): start, end and the name in full."""
    found = []
    for match in _SHORT_STATE.finditer(text):
        end = match.end("short") if match["short"].isupper() and "." not in match["short"] else match.end()
        found.append((match.start(), end, full_state(match["short"])))
    return found


def full_state(word: str) -> str:
    """The name in full of a state written short; any other word as it is."""
    return _STATE_SHORT.get(re.sub(r"\s", "_", word.rstrip(".")), word.rstrip("."))


_AFTER_COMMA = re.compile(r",\s+((?:W\.\s?Va|(?:New|North|South|West|Rhode|Saudi|Sri|El|Costa|Ivory|British|Nova)\s[A-Z]\w+)|[A-Z][\w.]*)")


def qualifier(text: str, end: int) -> str | None:
    """The state or country after a comma, folded: "Alexandria, La." gives "louisiana"."""
    found = _AFTER_COMMA.match(text, end)
    return folded(full_state(found[1])) if found else None
