from annotate import claim, people

TITLE = "Monitoring report 284/23"
PUBLISHED = "2023-10-12"
STATION = ["ANNOUNCER", "STATION", "RADIO FREE TAMRIS"]
YUSRA = ["YUSRA", "REPORTER IN GUEL"]
BENNO = ["HAJ BENNO", "MILITIA COMMANDER HAJ BENNO"]
DELLAL = ["O. DELLAL", "DELLAL"]
MONITOR = [None, "MONITOR", "DESK 4"]
COMMENTATOR = ["COMMENTATOR", "ITS COMMENTATOR", "STATE RADIO"]
WEDNESDAY = ["2023-10-11", "2023-10-11"]

CLAIMS = [
    claim(
        "raid",
        "GOVERNMENT MILITIA RAIDED GUEL MARKET WEDNESDAY MORNING",
        STATION,
        act="attack",
        perpetrators=["GOVERNMENT MILITIA", "MILITIA"],
        place=["GUEL", "GUEL MARKET"],
        time=WEDNESDAY,
        core=True,
    ),
    claim(
        "seized",
        "SEIZED 27 TRADERS",
        STATION,
        act=["detention", "enforced_disappearance"],
        victims=people("27", 27, 27, group="TRADERS"),
        core=True,
    ),
    claim(
        "four",
        "FOUR WERE SHOT\nON THE SPOT",
        ["EYEWITNESSES"],
        via=STATION,
        act=["killing", "attack"],
        anonymous=True,
        victims=people("FOUR", 4, 4),
        core=True,
    ),
    claim(
        "fled",
        "MORE THAN 200 FAMILIES HAD FLED\nTO THE SALT FLATS",
        YUSRA,
        act="displacement",
        victims=people("MORE THAN 200", 201, None, group="FAMILIES"),
        core=True,
    ),
    claim("notseen", "SHE HAD NOT SEEN THE BODIES HERSELF", YUSRA, stance=["asserts", "concedes", "denies"]),
    claim("noshots", "HIS MEN\nHAD SHOT ANYONE", BENNO, stance="denies", answers=["four"], form="indirect", core=True),
    claim(
        "nine",
        "WE ARRESTED NINE THIEVES, NOT TWENTY-SEVEN",
        BENNO,
        stance=["corrects", "concedes", "denies"],
        act="detention",
        victims=people("NINE", 9, 9),
        answers=["seized"],
        form="direct",
        core=True,
    ),
    claim("air", "SHOTS WERE FIRED IN THE AIR", BENNO, stance="concedes", form="indirect", core=True),
    claim("order", "THE\nINTERIOR MINISTER HIMSELF GAVE THE ORDER", DELLAL, core=True),
    claim("noevidence", "NO EVIDENCE WAS OFFERED", MONITOR, stance=["asserts", "doubts"]),
    claim("freeze", "FREEZE THE MINISTER'S ASSETS", DELLAL, stance="demands", core=True),
    claim("mayor", "THE MAYOR OF GUEL HAD BEEN KILLED", STATION, stance="retracts", act="killing", core=True),
    claim("alive", "I AM\nALIVE AND IN MY GARDEN", ["MAYOR", "MAYOR OF GUEL"], stance=["asserts", "denies"], form="direct", core=True),
    claim("received", "THE PRESIDENT RECEIVED THE AMBASSADOR OF COSTARIA ON WEDNESDAY", ["STATE RADIO"], act="meeting", time=WEDNESDAY),
    claim("gas", "A\nGAS AGREEMENT WAS SIGNED", ["STATE RADIO"], act="agreement"),
    claim(
        "poison",
        'ALL TALK OF TROUBLE IN THE WEST\nWAS "POISON FROM ABROAD"',
        COMMENTATOR,
        stance="denies",
        answers=["raid", "seized", "four", "fled"],
        form="mixed",
        core=True,
    ),
    claim(
        "recycled",
        "FIGURE OF 27 MAY BE RECYCLED FROM A RAID ON GUEL IN MARCH",
        MONITOR,
        stance=["doubts", "asserts"],
        certainty="possible",
        core=True,
    ),
    claim("inflated", "STATION HAS ON PAST OCCASIONS INFLATED TOLLS", MONITOR, stance=["asserts", "doubts"]),
    claim("strike", "A\nGENERAL STRIKE BY SUNDAY", ["UNION OF TRADERS"], stance="predicts"),
    claim("stalls", "EVERY STALL WILL BE SHUT", ["CALLER", "A CALLER"], stance=["pledges", "predicts"], anonymous=True, form="direct"),
]
