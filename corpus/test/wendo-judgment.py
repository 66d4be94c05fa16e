from annotate import claim, people

TITLE = "The State v. Tobin Asare and Lt. Mercy Onduro"
PUBLISHED = "2022-03-04"
K = ["Witness K", "K"]
ASARE, ONDURO = ["Tobin Asare", "Asare"], ["Mercy Onduro", "Onduro", "Lt. Mercy Onduro"]
COURT = [None, "High Court of Kivuma", "the court"]
STATION = ["Wendo police station", "Wendo"]

CLAIMS = [
    claim(
        "ordered",
        "the first accused, then officer in charge of Wendo police station, ordered that the detainee known as Witness K be beaten until he signed a confession",
        ["The prosecution"],
        act="torture",
        time=["2019-08-07", "2019-08-07"],
        core=True,
    ),
    claim(
        "spoon",
        "four officers held him down while Onduro burned his arms with a heated spoon",
        K,
        act="torture",
        perpetrators=ONDURO,
        form="indirect",
        core=True,
    ),
    claim("face", "he had not seen her face", K, stance="concedes", core=True),
    claim("voice", "he knew her voice", K, core=True),
    claim(
        "burns",
        "eleven circular burns which in her opinion were between two and four days old",
        ["Sena Boateng-Li", "Dr Sena Boateng-Li"],
        certainty=["certain", "probable"],
        core=True,
    ),
    claim("noorder", "giving any such order", ASARE, stance="denies", answers=["ordered"], core=True),
    claim("wedding", "he was at his sister's wedding in Port Amon", ASARE, stance=["asserts", "denies"], place=["Port Amon"], core=True),
    claim("checkedout", "he checked out at noon on 7 August", ["hotel's register", "register", None], time=["2019-08-07", "2019-08-07"]),
    claim(
        "slapped",
        "I slapped him once or twice",
        ONDURO,
        stance=["concedes", "asserts"],
        time=["2019-09-15", "2019-09-15"],
        form="direct",
        core=True,
    ),
    claim(
        "nobody", "I burned nobody", ONDURO, stance="denies", answers=["spoon"], time=["2019-09-15", "2019-09-15"], form="direct", core=True
    ),
    claim("withdrew", "the first part of that statement", ONDURO, stance="retracts", answers=["slapped"], core=True),
    claim("dictated", "it had been dictated to her by an inspector", ONDURO),
    claim(
        "himself",
        "K had burned himself to obtain asylum",
        ["cellmate"],
        stance=["asserts", "denies"],
        via=["Dele Frim", "Constable Dele Frim"],
        anonymous=True,
        core=True,
    ),
    claim("noweight", "We attach no weight to this hearsay", COURT, stance="doubts", answers=["himself"], core=True),
    claim("tortured", "K was tortured at Wendo police station", COURT, act="torture", place=STATION, core=True),
    claim("tookpart", "Onduro took part", COURT, act=["torture", None], core=True),
    claim(
        "notsatisfied",
        "Asare ordered it",
        COURT,
        stance=["doubts", "denies"],
        certainty=["certain", "unknown", "possible", "probable"],
        answers=["ordered"],
        core=True,
    ),
    claim("knew", "It may be that he knew", COURT, certainty="possible"),
    claim(
        "others",
        "at least 26 other persons were mistreated at the same station in 2019",
        ["Counsel for the State"],
        act=["torture", "other"],
        victims=people("at least 26", 26, None),
        time=["2019-01-01", "2019-12-31"],
        core=True,
    ),
    claim(
        "report",
        "The Police Service shall, within sixty days, file a report on the steps it has taken to secure the cells at Wendo",
        COURT,
        stance="demands",
    ),
]
