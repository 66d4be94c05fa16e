from annotate import claim, people

TITLE = "St Brannoc District Hospital: duty log and covering letter"
PUBLISHED = "2023-10-27"
HOSPITAL = [None, "St Brannoc District Hospital"]
ABT = ["Leonie Abt", "Dr. Leonie Abt", None]
AMAYA, NOOR = ["Sr. Amaya", "Amaya"], ["Dr. Noor", "Noor"]
VENN = ["Major Venn", "Venn", "The garrison"]

CLAIMS = [
    claim("shells", 'shells came "from the ridge"', ["Driver"], act=["attack", None], core=True),
    claim("fourteen", "14 admitted so far, 3 dead on arrival", HOSPITAL, victims=people("3", 3, 3), core=True),
    claim("jeep", "soldiers not letting ambulances out", AMAYA, act="denial_of_aid", perpetrators=["soldiers", "army"], core=True),
    claim(
        "rubble",
        "at least 10 still under the rubble",
        AMAYA,
        certainty=["probable", "possible"],
        victims=people("at least 10", 10, None),
        core=True,
    ),
    claim(
        "turned",
        "they were turned round at the bridge by military police",
        ["Crew", "Ambulance 2 crew"],
        act="denial_of_aid",
        perpetrators=["military police"],
        core=True,
    ),
    claim("nonestopped", "no ambulance was stopped", VENN, stance="denies", answers=["jeep", "turned"], core=True),
    claim("safety", 'road "closed for their own safety"', VENN, stance=["asserts", "concedes"], form="mixed"),
    claim("four", "4 dead on arrival, not 3", HOSPITAL, stance="corrects", victims=people("4", 4, 4), answers=["fourteen"], core=True),
    claim("thirtyeight", "38 admitted, 9 dead", HOSPITAL, victims=people("9", 9, 9), core=True),
    claim(
        "phosphorus",
        "burns smoking when uncovered, possibly phosphorus",
        NOOR,
        certainty=["possible", "certain"],
        act=["chemical_attack", "attack", None],
        core=True,
    ),
    claim("nofigures", "I did not give any figures to the press", ABT, stance="denies", core=True),
    claim("notmine", "The toll of 60, which Radio Irim attributed to me, is not mine", ABT, stance="denies"),
    claim(
        "books",
        "nine dead that night and thirty-eight admitted",
        ["Our own books", "Leonie Abt", *HOSPITAL],
        victims=people("nine", 9, 9),
        core=True,
    ),
    claim("six", "six died later in the week", ["Our own books", "Leonie Abt", *HOSPITAL], victims=people("six", 6, 6)),
    claim(
        "notphosphorus",
        "the burns were caused by phosphorus",
        NOOR,
        stance=["retracts", "denies", "doubts"],
        via=["Leonie Abt"],
        answers=["phosphorus"],
        core=True,
    ),
    claim("laboratory", "the laboratory found none", ["laboratory", *NOOR, *ABT], stance=["asserts", "denies"]),
    claim("whofired", "I cannot say who fired", ABT, stance=["asserts", "doubts"], certainty=["unknown", "certain"]),
    claim("nurses", "it was the army", ["My nurses", "nurses"], certainty="probable", perpetrators=["army"], core=True),
    claim(
        "bandits",
        "bandits from outside the province",
        VENN,
        stance=["asserts", "denies"],
        perpetrators=["bandits", "bandits from outside the province"],
        core=True,
    ),
    claim(
        "delayed",
        'one ambulance was delayed "by about forty minutes"',
        VENN,
        stance="concedes",
        act=["denial_of_aid", "other", None],
        answers=["jeep", "turned"],
        form="mixed",
        core=True,
    ),
    claim("nonehad", "none had been", VENN, stance="denies", form="indirect"),
    claim("guarantee", "obtain from the garrison a written guarantee that our crews may pass", ABT, stance="demands", core=True),
    claim("register", "I shall send you the full register by 3 November", ABT, stance="pledges"),
]
