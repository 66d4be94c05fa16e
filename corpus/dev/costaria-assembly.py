from annotate import claim, people

TITLE = "Oral answers: export of armoured vehicles to Ilmora"
PUBLISHED = "2024-01-24"
GRANE = ["Otto Grane", "Mr. Otto Grane", "Minister for Foreign Affairs"]
EMBASSY = ["Our embassy", "embassy", "embassy of Costaria"]
PELL = ["Mrs. Pell", "Pell"]
CONSTITUENTS = ["My constituents", "They", "relatives"]
MEMBER = ["Mr. Abiola-Reyes", "Abiola-Reyes"]

CLAIMS = [
    claim(
        "used",
        "vehicles built in Costaria were used to clear the Sant Amaro camp",
        [None, "reports"],
        certainty=["certain", "unknown", "possible"],
        act=["displacement", "destruction", "support", "attack", "other"],
        core=True,
    ),
    claim(
        "entered",
        "Ilmoran police entered Sant Amaro on 9 January",
        EMBASSY,
        via=GRANE,
        place=["Sant Amaro"],
        time=["2024-01-09", "2024-01-09"],
        core=True,
    ),
    claim("shelters", "at least 35 shelters were bulldozed", EMBASSY, via=GRANE, act="destruction", core=True),
    claim(
        "noproof",
        "It has found no proof that the vehicles were ours",
        [*GRANE, *EMBASSY],
        stance=["denies", "doubts", "asserts"],
        certainty=["certain", "unknown"],
        core=True,
    ),
    claim("serial", "show a Costarian serial number", [*PELL, "photographs", "Lantern"]),
    claim(
        "tent",
        "one such vehicle ran over a tent with people in it",
        ["A mother there", "mother"],
        via=["Lantern"],
        anonymous=True,
        core=True,
    ),
    claim(
        "painted",
        "the number was probably painted on afterwards",
        ["Our experts", "experts"],
        stance=["asserts", "doubts", "denies"],
        certainty="probable",
        via=GRANE,
        core=True,
    ),
    claim(
        "nobody",
        "nobody was in it",
        ["Ilmoran ambassador"],
        stance="denies",
        via=GRANE,
        time=["2024-01-23", "2024-01-23"],
        answers=["tent"],
        form="indirect",
        core=True,
    ),
    claim(
        "licences",
        "We shall not suspend licences on the strength of a photograph",
        GRANE,
        stance=["pledges", "predicts", "asserts", "denies"],
    ),
    claim("paper", "lay the experts' paper before the House by the end of February", GRANE, stance="pledges", core=True),
    claim(
        "night",
        "as many as 400 people a night now sleep without shelter",
        CONSTITUENTS,
        via=MEMBER,
        act=["displacement", "other", None],
        victims=people("as many as 400", None, 400, "night", "people"),
        core=True,
    ),
    claim("infants", "three infants have died", CONSTITUENTS, via=MEMBER, victims=people("three", 3, 3, group="infants"), core=True),
    claim("open", "people are sleeping in the open", GRANE, stance="concedes", answers=["night"], core=True),
    claim("noinformation", "I have no information on deaths", GRANE, stance=["asserts", "doubts"], certainty=["unknown", "certain"]),
    claim(
        "ever",
        'no Costarian vehicle had "ever" been delivered to the Ilmoran police',
        GRANE,
        stance=["denies", "asserts"],
        via=PELL,
        time=["2024-01-17", "2024-01-17"],
        form="mixed",
        core=True,
    ),
    claim(
        "return",
        "His own department's return lists twelve",
        [*PELL, "His own department's return"],
        stance=["asserts", "denies", "corrects"],
    ),
    claim("waswrong", "I was wrong", GRANE, stance=["retracts", "concedes", "corrects"], answers=["ever"], core=True),
    claim(
        "twelve",
        "Twelve were delivered in 2016, under the last Government, for mountain rescue",
        GRANE,
        stance=["corrects", "concedes", "asserts"],
        time=["2016-01-01", "2016-12-31"],
        core=True,
    ),
    claim(
        "convention",
        "Costaria and Ilmora signed the Port Castell Convention in 1998",
        ["Mr. Speaker"],
        act="agreement",
        time=["1998-01-01", "1998-12-31"],
    ),
]
