from annotate import claim, people

TITLE = "Statement of Witness 14"
PUBLISHED = "2024-02-20"
W = ["Witness 14", None]
DETACHMENT = ["Presidential Security Detachment", "men in black uniforms"]
CUSTOMS = ["customs house", "cellar of the customs house"]
ROUM = ["Captain Roum", "officer"]
GOVERNMENT = ["the government", "government of Quelandra", "Quelandra"]

CLAIMS = [
    claim("gate", "men in black uniforms broke our gate", W, time=["2023-11-03", "2023-11-03"], core=True),
    claim("uniform", "it is the Presidential Security Detachment", W),
    claim(
        "took",
        "They took me, my brother Idris and eight other men from our street",
        W,
        act=["detention", "enforced_disappearance"],
        core=True,
    ),
    claim("nowomen", "I did not see them take any women", W, stance=["asserts", "denies"]),
    claim(
        "girls",
        "they came back the next day for two girls",
        ["a neighbour", "My wife"],
        certainty=["certain", "possible", "unknown"],
        victims=people("two", 2, 2, group="girls"),
        time=["2023-11-04", "2023-11-04"],
        core=True,
    ),
    claim("swear", "I can’t swear to it", W, stance=["doubts", "asserts"], certainty=["certain", "unknown", "possible"]),
    claim("cellar", "We were put in the cellar of the customs house", W, act="detention", place=CUSTOMS, core=True),
    claim(
        "seventy",
        "There were between 70 and 80 of us in there",
        W,
        act=["detention", None],
        victims=people("between 70 and 80", 70, 80),
        core=True,
    ),
    claim("nights", "Every night they took out three or four", W, victims=people("three or four", 3, 4, "night"), core=True),
    claim("shots", "we heard shots", W, core=True),
    claim("nobody", "I never saw a body", W, stance=["asserts", "denies"]),
    claim("dogs", "they were only shooting dogs", ["the Tailor", "A guard we called the Tailor"], stance=["asserts", "denies"], core=True),
    claim("unbelieved", "Nobody believed him", W, stance=["doubts", "asserts"]),
    claim("notseen", "He has not been seen since", W, act=["enforced_disappearance", None], core=True),
    claim("alive", "Idris was alive", ROUM, core=True),
    claim("newyear", "would be home by the new year", ROUM, stance=["pledges", "predicts"], core=True),
    claim("forty", "I was held for 40 days", W, act="detention", time=["2024-01-02", "2024-01-02"], core=True),
    claim("twentysix", "It was 26 days", W, stance="corrects", answers=["forty"], core=True),
    claim("beat", "They beat me", W, stance=["asserts", "concedes"], act="torture", core=True),
    claim("notiron", "not with iron bars, as was written in the newspaper", W, stance=["denies", "corrects"]),
    claim("hose", "It was a hose", W, stance=["asserts", "corrects"]),
    claim("ear", "my left ear will not recover", ["Nils Faber", "Dr. Nils Faber"], stance=["predicts", "asserts"]),
    claim(
        "noheld",
        "nobody was ever held in the customs house",
        GOVERNMENT,
        stance="denies",
        answers=["cellar", "seventy", "forty"],
        place=CUSTOMS,
        core=True,
    ),
    claim("abroad", "we all went abroad to work", GOVERNMENT, stance=["asserts", "denies"], core=True),
    claim("lie", "That is a lie", W, stance="denies", answers=["noheld", "abroad"], core=True),
    claim("judge", "Captain Roum to be brought before a judge", W, stance="demands", core=True),
    claim("neverwill", "I don’t think he ever will be", W, stance=["predicts", "doubts"], certainty=["probable", "certain"]),
]
