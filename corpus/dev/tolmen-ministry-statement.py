from annotate import claim, people

TITLE = "Regarding allegations concerning the town of Tolmen"
PUBLISHED = "2022-09-05"
MINISTRY = ["The Ministry", "Ministry of Defence of Quelandra", "Ministry of Defence"]
OWN = [None, *MINISTRY]
LEDGER = ["Open Ledger"]
REGIMENT = ["3rd Motor Rifle Regiment", "units of the 3rd Motor Rifle Regiment"]

CLAIMS = [
    claim("rejects", "rejects its contents in their entirety", MINISTRY, stance="denies", answers=["looted", "driven", "well"], core=True),
    claim(
        "looted",
        "units of the 3rd Motor Rifle Regiment “systematically looted” homes and shops in Tolmen between 12 and 20 August",
        LEDGER,
        act="pillage",
        perpetrators=REGIMENT,
        place=["Tolmen"],
        time=["2022-08-12", "2022-08-20"],
        form="mixed",
        core=True,
    ),
    claim(
        "driven",
        "between 90 and 120 residents were driven out on foot",
        LEDGER,
        act="displacement",
        victims=people("between 90 and 120", 90, 120, group="residents"),
        form="indirect",
        core=True,
    ),
    claim(
        "word", "These claims rest on the word of persons who were not in Tolmen at the time", OWN, stance=["doubts", "denies", "asserts"]
    ),
    claim(
        "entered",
        "The regiment entered Tolmen on 14 August, not on 12 August",
        OWN,
        stance=["corrects", "concedes", "asserts", "denies"],
        time=["2022-08-14", "2022-08-14"],
        core=True,
    ),
    claim("freewill", "Residents had left of their own free will, fearing the terrorists", OWN, stance=["asserts", "denies"], core=True),
    claim(
        "thirty",
        "no more than 30 left in all",
        ["the mayor", "mayor"],
        stance=["asserts", "denies"],
        victims=people("no more than 30", None, 30),
        basis=["letter"],
        core=True,
    ),
    claim("misconduct", "Isolated acts of misconduct did occur", OWN, stance=["concedes"], core=True),
    claim(
        "copper",
        "Two conscripts removed a refrigerator and a quantity of copper wire",
        OWN,
        stance=["concedes", "asserts"],
        act="pillage",
        perpetrators=["Two conscripts", "conscripts"],
        core=True,
    ),
    claim("punished", "both have been punished", OWN),
    claim("slander", "To describe this as systematic is a slander", OWN, stance="denies", answers=["looted"], core=True),
    claim(
        "well",
        "Colonel Dario Venn instructed his officers to fill in a well containing bodies",
        ["source close to the regiment", *LEDGER],
        act="concealment",
        core=True,
    ),
    claim("nowell", "There is no such well", OWN, stance="denies", answers=["well"], core=True),
    claim("map", "places it in a river", ["The organisation’s own map", *OWN], stance=["asserts", "doubts"]),
    claim(
        "unharmed",
        "no civilian had been harmed in Tolmen",
        MINISTRY,
        stance=["denies", "asserts"],
        place=["Tolmen"],
        time=["2022-08-29", "2022-08-29"],
        core=True,
    ),
    claim(
        "woman",
        "one woman, aged 71, was fatally struck by a military lorry",
        OWN,
        stance=["corrects", "concedes", "asserts"],
        act=["killing", "other"],
        victims=people("one", 1, 1),
        core=True,
    ),
    claim("corrects", "corrects its statement accordingly", MINISTRY, stance=["corrects", "retracts"], answers=["unharmed"], core=True),
    claim("alcohol", "The driver was not under the influence of alcohol", OWN, stance="denies"),
    claim("withdraw", "withdraw the report within seven days", MINISTRY, stance="demands", core=True),
    claim("legal", "it will take legal action", MINISTRY, stance=["pledges", "predicts"]),
    claim("paid", "the report was paid for from abroad", MINISTRY, certainty="probable", core=True),
    claim(
        "memorandum",
        "on 1 July Quelandra signed, with the Lakes Union, a memorandum on the protection of civilians",
        MINISTRY,
        act="agreement",
        time=["2022-07-01", "2022-07-01"],
    ),
    claim(
        "envoy",
        "The Minister will receive the Union’s envoy on Thursday",
        OWN,
        stance=["predicts", "pledges", "asserts"],
        act="meeting",
        time=["2022-09-08", "2022-09-08"],
    ),
]
