from annotate import claim, people

TITLE = "Ilmora Strike Killed Refugees, Not Rebels, Officials Now Say"
PUBLISHED = "2022-06-15"
ONE, OTHER = ["One of the officials", "official"], ["The other", "official"]
DRAY = ["Casimir Dray", "Interior Minister Casimir Dray"]
TIEL = ["Boaz Tiel", "General Boaz Tiel"]
DIRECTOR = ["clinic’s director", "director"]
BENZ = ["Lucia Benz"]
COMMITTEE = ["spokesman for the Convoy Families’ Committee", "Convoy Families’ Committee"]

CLAIMS = [
    claim(
        "rebels",
        "killed 22 rebels last Thursday",
        ["government", "Ilmoran government", "Ilmora"],
        act="killing",
        victims=people("22", 22, 22, group="rebels"),
        time=["2022-06-09", "2022-06-09"],
        core=True,
    ),
    claim(
        "buses",
        "hit buses carrying refugees",
        ["two officials", "officials"],
        stance=["asserts", "corrects"],
        act="attack",
        anonymous=True,
        form="indirect",
        core=True,
    ),
    claim(
        "toll",
        "between 18 and 25 people were killed, most of them women",
        ONE,
        act="killing",
        anonymous=True,
        victims=people("between 18 and 25", 18, 25),
        core=True,
    ),
    claim("told", "commanders had been told within the hour", ONE, anonymous=True),
    claim("higher", "the toll “could be higher", OTHER, certainty="possible", anonymous=True, form="mixed"),
    claim("armed", "“only armed men” were travelling in the convoy", DRAY, time=["2022-06-10", "2022-06-10"], form="mixed", core=True),
    claim("given", "The minister spoke on the basis of what he was given", ["Hanne Orlu"], stance=["asserts", "concedes"], form="direct"),
    claim(
        "stands",
        "He no longer stands by the number",
        ["Hanne Orlu"],
        stance="retracts",
        answers=["rebels", "armed"],
        form="direct",
        core=True,
    ),
    claim(
        "target",
        "does not target civilians, has not targeted civilians and will not target civilians",
        TIEL,
        stance="denies",
        via=["state television"],
        answers=["buses", "toll"],
        form="direct",
        core=True,
    ),
    claim("noreview", "there had been any review", TIEL, stance="denies", form="indirect"),
    claim(
        "palace",
        "Tiel and Dray reportedly met at the presidential palace late on Tuesday",
        None,
        certainty=["certain", "probable", "possible", "unknown"],
        relay_certainty=["probable", "possible"],
        act="meeting",
        place=["presidential palace"],
        time=["2022-06-14", "2022-06-14"],
    ),
    claim(
        "burns",
        "doctors there had treated 31 people with burns, including nine children",
        ["nurse"],
        via=["Free Ilmora"],
        anonymous=True,
        victims=people("31", 31, 31),
        place=["Sant Rema", "border clinic"],
        core=True,
    ),
    claim("twenty", "the figure at “about 20", DIRECTOR, stance=["asserts", "corrects", "doubts"], victims=people("about 20", 20, 20)),
    claim(
        "cannottell",
        "he could not tell whether all had come from the convoy",
        DIRECTOR,
        stance=["asserts", "doubts"],
        certainty=["unknown", "certain"],
    ),
    claim("compensate", "Ilmora compensate the families", BENZ, stance="demands", core=True),
    claim(
        "airspace",
        "Costaria would close its airspace to Ilmoran military flights from July 1",
        BENZ,
        stance=["pledges", "predicts"],
        core=True,
    ),
    claim(
        "apology",
        "She does not expect an apology",
        ["aide", "Lucia Benz"],
        stance=["predicts", "asserts", "doubts"],
        certainty=["certain", "probable"],
    ),
    claim("second", "a second drone circling as the wounded were carried away", ["people he had spoken to", *COMMITTEE], core=True),
    claim("whose", "none of them could say whose it was", COMMITTEE, stance="concedes", certainty=["unknown", "certain"]),
    claim(
        "notify",
        "The two countries agreed in 2020 to notify each other of flights near the frontier",
        None,
        act="agreement",
        time=["2020-01-01", "2020-12-31"],
    ),
]
