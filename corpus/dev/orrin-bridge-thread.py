from annotate import claim, people

TITLE = "Thread on the Orrin bridge convoy"
PUBLISHED = "2025-08-20"
KESTREL = [None, "@kestrel_watch", "kestrel_watch", "Kestrel Watch"]
ARMY = ["Dastranian army", "Army"]
UNION = ["A union official", "union official"]
HOLM = ["Vera Ruiz-Holm", "Lt Col Vera Ruiz-Holm"]

CLAIMS = [
    claim(
        "convoy",
        "a truck convoy carrying flour was hit on the Orrin bridge, western Dastrania",
        KESTREL,
        act="attack",
        place=["Orrin bridge", "Dastrania"],
        time=["2025-08-19", "2025-08-19"],
        core=True,
    ),
    claim("trucks", "two trucks on fire", ["Videos", *KESTREL]),
    claim("five", "At least 5 bodies are visible", ["Videos", *KESTREL], victims=people("At least 5", 5, None), core=True),
    claim(
        "weapon",
        "We have NOT been able to identify the weapon",
        KESTREL,
        stance=["asserts", "doubts", "denies"],
        certainty=["unknown", "certain"],
    ),
    claim("mortars", 'blamed "terrorist mortars"', ARMY, stance=["asserts", "denies"], core=True),
    claim(
        "eight",
        "8 of its members are dead and 3 missing",
        ["@drivers_union", "drivers_union"],
        victims=people("8", 8, 8, group="members"),
        core=True,
    ),
    claim("plane", "they came in low, twice. it was a plane", UNION, anonymous=True, form="direct", core=True),
    claim("nomortars", "mortars dont come in low twice", UNION, stance=["asserts", "denies", "doubts"], anonymous=True, form="direct"),
    claim("noplanes", "Rebels don't have planes", KESTREL, stance=["asserts", "denies"]),
    claim(
        "airforce", "the air force did this", KESTREL, certainty="probable", act=["attack", "other"], perpetrators=["air force"], core=True
    ),
    claim("six", "it's 6 bodies", KESTREL, stance="corrects", victims=people("6", 6, 6), answers=["five"], core=True),
    claim("bus", "It's from a 2019 accident in Costaria", KESTREL, stance=["asserts", "corrects", "denies"]),
    claim("aircraft", "We had aircraft in the area", HOLM, stance=["concedes", "asserts"], via=["TV1"], form="direct", core=True),
    claim(
        "ordnance",
        "None of them released ordnance",
        HOLM,
        stance="denies",
        via=["TV1"],
        answers=["convoy", "plane", "airforce"],
        form="direct",
        core=True,
    ),
    claim("cover", 'the flour "may have been cover for weapons"', HOLM, certainty="possible", form="mixed", core=True),
    claim(
        "fourth",
        "this is the fourth convoy hit since June",
        ["The Relief Council", "Relief Council"],
        act=["attack", None],
        basis=["its own drivers"],
        core=True,
    ),
    claim("escort", "a UN escort", ["They", "Relief Council"], stance="demands"),
    claim("monday", "escorts start Monday", ["Army", "Dastranian army"], stance=["pledges", "predicts", "asserts"], core=True),
    claim("believe", "We'll believe it when we see it", KESTREL, stance="doubts", answers=["monday"]),
    claim("deal", 'The parties signed a "flour corridor" deal in May', KESTREL, act="agreement", time=["2025-05-01", "2025-05-31"]),
    claim(
        "nothing",
        "nothing happened on that bridge",
        ["@dast_patriot", "dast_patriot"],
        stance="denies",
        answers=["convoy", "five", "six", "airforce"],
        core=True,
    ),
    claim("cousin", "he's been told not to talk", ["he", "cousin"], via=["@kestrel_watch", "kestrel_watch", "Kestrel Watch"]),
]
