from annotate import claim, people

TITLE = "Daily briefing on Maresh, 17 September 2024"
PUBLISHED = "2024-09-17"
LUNT = ["Lunt", "Mr. Lunt", "Deputy Secretary Lunt"]
ADEYRA = ["Adeyra", "Ms. Adeyra", "Pia Adeyra"]
AIR_FORCE = ["Mareshi air force", "Maresh"]
FORCES = ["Mareshi forces", "Maresh"]

CLAIMS = [
    claim(
        "bombs",
        "aircraft of the Mareshi air force dropped at least four bombs on the grain market in Tol Hadan",
        LUNT,
        act="attack",
        perpetrators=AIR_FORCE,
        place=["Tol Hadan", "grain market"],
        time=["2024-09-14", "2024-09-15"],
        core=True,
    ),
    claim("guided", "they were guided bombs", LUNT, certainty=["certain", "probable"]),
    claim(
        "killed",
        "27 people were killed and more than 70 injured",
        ["district hospital"],
        act=["killing", "attack"],
        via=["embassy", *LUNT],
        victims=people("27", 27, 27),
        core=True,
    ),
    claim(
        "unverified",
        "we have not verified those figures ourselves",
        LUNT,
        stance=["doubts", "asserts", "concedes"],
        certainty=["unknown", "certain"],
    ),
    claim(
        "trucks",
        "Mareshi forces have stopped between 100 and 150 food trucks a month at the Irin crossing",
        LUNT,
        act="denial_of_aid",
        perpetrators=FORCES,
        place=["Irin", "Irin crossing"],
        core=True,
    ),
    claim("starved", "people have starved as a result", LUNT, act=["denial_of_aid", "killing", "other", None]),
    claim("open", "open Irin today, without conditions", LUNT, stance="demands", core=True),
    claim("yours", "the bombs were yours", ["Mareshi ambassador", "Ambassador Tereq", "Tereq"], core=True),
    claim("sold", "we sold such munitions up to 2019", LUNT, stance="concedes", answers=["yours"], core=True),
    claim("nonesince", "We have sold none since", LUNT, stance=["denies", "asserts"], core=True),
    claim("dontknow", "We don’t know yet which munition it was", LUNT, stance=["asserts", "doubts"], certainty=["unknown", "certain"]),
    claim("nightbefore", "It was the night before, Friday to Saturday", LUNT, stance="corrects", answers=["bombs"], core=True),
    claim(
        "chlorine",
        "government troops may have used chlorine as well",
        ["Rebels in the area", "Rebels"],
        certainty="possible",
        act="chemical_attack",
        perpetrators=["government troops", *FORCES],
        core=True,
    ),
    claim(
        "noevidence",
        "We have no evidence of any chemical attack at Tol Hadan",
        LUNT,
        stance=["denies", "doubts"],
        certainty=["certain", "unknown"],
        answers=["chlorine"],
        core=True,
    ),
    claim(
        "doubt",
        "I doubt that reporting",
        LUNT,
        stance="doubts",
        certainty=["certain", "possible", "probable", "unknown"],
        answers=["chlorine"],
        core=True,
    ),
    claim(
        "meet",
        "She’ll meet him there on 3 October",
        ADEYRA,
        stance=["predicts", "pledges", "asserts"],
        act="meeting",
        time=["2024-10-03", "2024-10-03"],
    ),
    claim("raise", "she’ll raise Irin", ADEYRA, stance=["pledges", "predicts"]),
    claim(
        "fisheries",
        "The two governments concluded their last fisheries agreement in 2018",
        ADEYRA,
        act="agreement",
        time=["2018-01-01", "2018-12-31"],
    ),
]
