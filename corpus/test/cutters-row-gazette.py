from annotate import claim, people

TITLE = "Who burned Cutter’s Row?"
PUBLISHED = "2024-08-13"
CRAIL = ["Bettina Crail"]
FAMILIES = ["three families", "Residents", "three families now camping in the school"]
POLICE = ["police", "The police statement", "Rolf Danner"]
MACKLIN = ["Ione Macklin", "Sergeant Ione Macklin"]
COMPANY = ["Harrow Timber", "Harrow Timber’s lawyers"]
ASHER, PRUITT = ["Wim Asher", "district clerk"], ["Dace Pruitt", "Councillor Dace Pruitt"]
SAID = ["2024-08-09", "2024-08-09"]

CLAIMS = [
    claim("petrol", "They had dogs and petrol", CRAIL, form="direct"),
    claim("countdown", "A man in a Harrow Timber jacket counted down", CRAIL, form="direct", core=True),
    claim("roof", "they lit the first roof", CRAIL, act="destruction", form="direct", core=True),
    claim("norow", "by noon there was no Row", CRAIL, act=["destruction", None], form="direct", core=True),
    claim("houses", "There were 64 houses", CRAIL, form="direct"),
    claim("nohurt", "nobody was hurt", POLICE, stance=["denies", "asserts"], form="indirect", core=True),
    claim("missing", "at least two old men are missing", FAMILIES, victims=people("at least two", 2, None, group="old men"), core=True),
    claim("teel", "a third, Amos Teel, is in the infirmary with burns", FAMILIES, core=True),
    claim("accident", "the fire was an accident", POLICE, stance=["asserts", "denies"], time=["2024-08-07", "2024-08-07"], core=True),
    claim(
        "stove",
        "probably began with a cooking stove",
        POLICE,
        certainty="probable",
        time=["2024-08-07", "2024-08-07"],
        form="direct",
        core=True,
    ),
    claim("before", "the statement was written before anyone had visited the site", MACKLIN, stance=["asserts", "doubts"], core=True),
    claim("notbyus", "Not by us", MACKLIN, stance=["denies", "asserts"], form="direct"),
    claim(
        "noemployees",
        "had no employees in Cutter’s Row on the day in question",
        COMPANY,
        stance="denies",
        time=SAID,
        answers=["countdown", "roof"],
        form="direct",
        core=True,
    ),
    claim("asked", "it had asked the district to clear the land", COMPANY, stance="concedes", core=True),
    claim("paid", "it paid for the petrol", COMPANY, stance="concedes", act=["support", "other", None], core=True),
    claim("contract", "as it does every month, for district vehicles, under a public contract", COMPANY, form="direct"),
    claim("nocontract", "There is no such contract", ASHER, stance="denies", answers=["contract"], form="indirect", core=True),
    claim("lapsed", "the last one lapsed in 2021", ASHER, time=["2021-01-01", "2021-12-31"]),
    claim(
        "mistaken",
        "he had been mistaken",
        ASHER,
        stance=["retracts", "concedes", "corrects"],
        time=["2024-08-12", "2024-08-12"],
        answers=["nocontract", "lapsed"],
        core=True,
    ),
    claim("renewed", "it had been renewed in May", ASHER, stance=["corrects", "concedes", "asserts"], time=["2024-05-01", "2024-05-31"]),
    claim(
        "homes",
        "about 300 people have lost their homes",
        PRUITT,
        certainty="probable",
        act=["displacement", "destruction", None],
        victims=people("about 300", 300, 300, group="people"),
        core=True,
    ),
    claim(
        "children",
        "90 of them are children",
        PRUITT,
        certainty=["probable", "certain"],
        victims=people("90", 90, 90, group="children"),
        basis=["meal count"],
    ),
    claim("suspended", "Danner suspended", PRUITT, stance="demands"),
    claim("vote", "put it to a vote on 20 August", PRUITT, stance="pledges", core=True),
    claim("resign", "He’ll resign before that", PRUITT, stance="predicts", form="direct"),
    claim(
        "tractors",
        "The council lent them its own tractors,” apparently “for nothing",
        PRUITT,
        act=["support", "other", None],
        relay_certainty=["probable", "possible"],
        form=["mixed", "direct"],
        core=True,
    ),
    claim(
        "accord",
        "Sundermouth’s council and Harrow Timber signed a forestry accord in 2016",
        None,
        act="agreement",
        time=["2016-01-01", "2016-12-31"],
    ),
]
