from annotate import claim, people

TITLE = "They came for the boys at dawn, mothers say"
PUBLISHED = "2025-03-06"
MARRANT = ["Odile Marrant"]
DORROW = ["Lem Dorrow", "Captain Lem Dorrow"]
PERENY = ["Gus Pereny", "Mayor Gus Pereny"]
COURIER = ["The Courier", "The Lower Pell Courier", None]
TAKING = ["recruitment_of_children", "detention", "enforced_disappearance"]

CLAIMS = [
    claim(
        "lorry",
        "They put my son on a lorry with maybe thirty others",
        MARRANT,
        certainty=["certain", "possible"],
        act=TAKING,
        form="direct",
        core=True,
    ),
    claim(
        "trenches",
        "he would be digging trenches",
        ["They", "River Guard", "militia"],
        stance=["predicts", "asserts", "pledges"],
        via=MARRANT,
    ),
    claim("belonged", "the boys belonged to the militia now", ["sergeant"], via=MARRANT, act=["recruitment_of_children", None], core=True),
    claim("home", "Two came home", MARRANT, form="direct"),
    claim("hand", "One has no hand", MARRANT, form="direct", victims=people("One", 1, 1)),
    claim(
        "taken",
        "At least 30 and perhaps as many as 45 boys were taken from the town on 12 February",
        ["Ruth Vael", "list kept by the school's headmistress"],
        certainty=["certain", "possible"],
        act=TAKING,
        victims=people("At least 30 and perhaps as many as 45", 30, 45, group="boys"),
        time=["2025-02-12", "2025-02-12"],
        basis=["list"],
        core=True,
    ),
    claim("crossed", "she had crossed off five names since", ["Ruth Vael"], stance=["asserts", "corrects"]),
    claim(
        "volunteers",
        '"volunteers of proper age" had joined',
        DORROW,
        stance=["asserts", "denies"],
        via=["Pell FM"],
        time=["2025-02-24", "2025-03-02"],
        form="mixed",
        core=True,
    ),
    claim("forced", "Nobody was forced", DORROW, stance="denies", answers=["lorry", "taken", "belonged"], form="indirect", core=True),
    claim("under18", "nobody under 18 was accepted", DORROW, stance="denies", form="indirect", core=True),
    claim(
        "birthdays",
        "one or two lads may have lied about their birthdays",
        DORROW,
        stance="concedes",
        certainty="possible",
        form="direct",
        core=True,
    ),
    claim(
        "army",
        "the boys had been taken by the regular army",
        COURIER,
        act=TAKING,
        perpetrators=["regular army"],
        time=["2025-02-20", "2025-02-20"],
    ),
    claim("wrong", "That was wrong", COURIER, stance=["retracts", "corrects"], answers=["army"], core=True),
    claim("easter", "every child would be back by Easter", ["governor", "provincial governor"], stance="pledges", via=PERENY, core=True),
    claim("noreason", "I have no reason to disbelieve her", PERENY, stance="asserts", kind=["opinion", "position", "factual"]),
    claim("harvest", "Not one will come before the harvest", MARRANT, stance="predicts", form="direct", core=True),
    claim("tried", "Dorrow be tried", ["petition", "A petition"], stance="demands"),
]
