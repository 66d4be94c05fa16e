from annotate import claim, people

TITLE = "Conduct of hostilities in Upper Keru"
PUBLISHED = "2023-06-30"
COMMISSION = ["The Commission", "Independent Commission on Ndolia", None]
NAMED = ["The Commission", "Independent Commission on Ndolia"]
BATTALION = ["9th Light Battalion", "Ndolian Armed Forces"]
GOVERNMENT = ["The Government", "Government of Ndolia", "Ndolia"]

CLAIMS = [
    claim(
        "entered",
        "members of the 9th Light Battalion of the Ndolian Armed Forces entered the village of Samba Lowe",
        NAMED,
        certainty=["certain", "probable"],
        place=["Samba Lowe"],
        time=["2023-01-11", "2023-01-12"],
        core=True,
    ),
    claim(
        "killed",
        "killed at least 57 persons, including 19 women and 14 children",
        NAMED,
        certainty=["certain", "probable"],
        act="killing",
        perpetrators=BATTALION,
        victims=people("at least 57", 57, None),
        place=["Samba Lowe"],
        time=["2023-01-11", "2023-01-12"],
        core=True,
    ),
    claim(
        "house",
        "soldiers went from house to house and asked for men of the Tuvi community",
        ["Twelve witnesses"],
        form="indirect",
        core=True,
    ),
    claim("makole", "Colonel Ezra Makole at the scene", ["Four of them", "witnesses", "Twelve witnesses"], core=True),
    claim("order", "he gave the order", NAMED, stance=["asserts", "doubts"], certainty="unknown"),
    claim(
        "dwellings",
        "some 240 dwellings were burned between 10 and 15 January",
        ["Satellite images", *COMMISSION],
        act="destruction",
        time=["2023-01-10", "2023-01-15"],
        basis=["Satellite images"],
        core=True,
    ),
    claim(
        "bush",
        "the fires were “caused by dry-season bush burning”",
        GOVERNMENT,
        stance=["denies", "asserts"],
        time=["2023-05-02", "2023-05-02"],
        form="mixed",
        core=True,
    ),
    claim(
        "nodeploy",
        "no battalion had been deployed in Upper Keru at that time",
        GOVERNMENT,
        stance="denies",
        answers=["entered", "killed"],
        form="indirect",
        core=True,
    ),
    claim(
        "recon",
        "a “reconnaissance element” passed through Samba Lowe on 12 January",
        GOVERNMENT,
        stance="concedes",
        place=["Samba Lowe"],
        time=["2023-01-12", "2023-01-12"],
        answers=["entered"],
        form="mixed",
        core=True,
    ),
    claim(
        "notcredible", "does not find that submission credible", NAMED, stance=["doubts", "denies"], answers=["bush", "nodeploy"], core=True
    ),
    claim(
        "receipts",
        "Fuel receipts and the battalion’s own radio log, a copy of which was supplied by a former officer, place it in the village on both days",
        ["Fuel receipts and the battalion’s own radio log", *COMMISSION],
    ),
    claim(
        "fewer",
        "fewer than 20 of the wounded reached the hospital at Bendi",
        ["local health workers"],
        victims=people("fewer than 20", None, 19),
    ),
    claim(
        "checkpoint",
        "a checkpoint manned by gendarmes turned vehicles back",
        ["local health workers"],
        act="denial_of_aid",
        perpetrators=["gendarmes", "Gendarmerie"],
        core=True,
    ),
    claim("noturning", "no vehicle was turned back", ["Gendarmerie"], stance="denies", answers=["checkpoint"], form="indirect", core=True),
    claim("papers", "save those without papers", ["Gendarmerie"], stance=["concedes", "denies"], answers=["checkpoint"]),
    claim(
        "raped",
        "women were raped in the school building",
        [None, "allegations", *NAMED],
        certainty=["certain", "unknown", "possible"],
        act="sexual_violence",
        core=True,
    ),
    claim("nofinding", "it could not corroborate these allegations", NAMED, stance=["doubts", "asserts"], certainty=["unknown", "certain"]),
    claim("left", "its fighters had left Samba Lowe a week before", ["Keru Front"], core=True),
    claim("slept", "up to 15 fighters slept in the mosque until 10 January", ["Two residents"], stance=["asserts", "denies"], core=True),
    claim(
        "ceasefire",
        "The Ceasefire Agreement of 4 March 2023, signed in Lomura by the Government and the Keru Front, provides for the release of all detainees within ninety days",
        None,
        stance=["asserts", "pledges"],
        act="agreement",
    ),
    claim("none", "the parties had released none", COMMISSION),
    claim("suspend", "the Government suspend Colonel Makole from duty", NAMED, stance="demands", core=True),
    claim("access", "give investigators access to Upper Keru", NAMED, stance="demands", core=True),
    claim("undertook", "to do so “in due course”", ["Minister of Justice"], stance="pledges", time=["2023-06-20", "2023-06-20"]),
]
