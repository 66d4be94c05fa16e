from annotate import claim, people

TITLE = "Foreign Ministry: so-called camp footage is fabricated"
PUBLISHED = "2021-11-19"
SOURCE = ["source in the Ministry of Foreign Affairs", "the source", "Ministry of Foreign Affairs", "Belmaran Ministry of Foreign Affairs"]
HOLT = ["Jadwiga Holt", "Ms Jadwiga Holt"]
URIN = ["Pavel Urin"]
ORLENIA = ["authorities of Orlenia", "Orlenia"]
TROOPS = ["Belmaran border troops", "border troops"]

CLAIMS = [
    claim(
        "rejected",
        "the latest campaign of lies against Belmara conducted by certain Western organisations and their sponsors",
        SOURCE,
        stance="denies",
        anonymous=True,
        answers=["drowned", "died"],
        core=True,
    ),
    claim(
        "drowned",
        "guards at the Lisk labour settlement drowned prisoners in a reservoir",
        ["Nova-7", "video shown on Monday by the channel Nova-7"],
        act="killing",
        perpetrators=["guards", "guards at the Lisk labour settlement"],
        place=["Lisk", "Lisk labour settlement"],
        time=["2021-11-15", "2021-11-15"],
        core=True,
    ),
    claim("filmed", "filmed in another country, with actors", SOURCE, stance=["denies", "asserts"], anonymous=True, core=True),
    claim("noreservoir", "There is no reservoir at Lisk", SOURCE, stance="denies", anonymous=True, place=["Lisk"], core=True),
    claim(
        "noprisoners",
        "There are no prisoners there either, only volunteers receiving vocational training",
        SOURCE,
        stance="denies",
        anonymous=True,
        form="direct",
        core=True,
    ),
    claim(
        "died",
        "up to 200 men died at the settlement over the winter",
        URIN,
        via=["Nova-7"],
        act=["killing", "death_in_custody"],
        victims=people("up to 200", None, 200, group="men"),
        core=True,
    ),
    claim("fraud", "Urin is wanted for fraud", SOURCE, stance=["asserts", "doubts"], anonymous=True),
    claim(
        "brother",
        "a man who has never told the truth",
        ["his own brother", "Urin's brother"],
        stance=["asserts", "doubts"],
        time=["2020-01-01", "2020-12-31"],
        kind=["opinion", "position"],
        form="direct",
    ),
    claim(
        "influenza",
        "four trainees died of influenza in January",
        SOURCE,
        stance=["concedes", "asserts"],
        anonymous=True,
        victims=people("four", 4, 4),
        time=["2021-01-01", "2021-01-31"],
        core=True,
    ),
    claim("informed", "their families were duly informed", SOURCE, stance=["asserts", "concedes"], anonymous=True),
    claim("admitted", "its delegates be admitted to Lisk", ["Human Dignity League"], stance="demands", core=True),
    claim("hide", 'Belmara "has nothing to hide"', SOURCE, stance=["denies", "asserts"], anonymous=True),
    claim(
        "invite",
        "would invite ambassadors accredited in Tarsk to visit the settlement before the end of the year",
        SOURCE,
        stance="pledges",
        anonymous=True,
        core=True,
    ),
    claim(
        "notamong", "The League's delegates will not be among them", [None, *SOURCE], stance=["asserts", "predicts", "denies", "pledges"]
    ),
    claim(
        "shepherds",
        "shot at least three Belmaran shepherds in the Dast hills on 2 November",
        TROOPS,
        via=["ministry", "Ministry of Foreign Affairs"],
        act=["killing", "attack"],
        perpetrators=ORLENIA,
        victims=people("at least three", 3, None),
        place=["Dast hills"],
        time=["2021-11-02", "2021-11-02"],
        core=True,
    ),
    claim(
        "abducted",
        "abducted two more",
        TROOPS,
        act=["enforced_disappearance", "detention"],
        perpetrators=ORLENIA,
        victims=people("two", 2, 2),
        core=True,
    ),
    claim("smugglers", "the men were smugglers", ["Orlenia"], stance=["asserts", "denies"], core=True),
    claim("return", "their immediate return", ["Belmara", None], stance="demands", core=True),
    claim("misspoken", "the source had misspoken", HOLT, stance=["corrects", "retracts"]),
    claim(
        "dry",
        "a reservoir exists at Lisk but has been dry since 2017",
        HOLT,
        stance=["corrects", "concedes"],
        answers=["noreservoir"],
        core=True,
    ),
    claim("stands", "Everything else in the statement stands", HOLT),
    claim(
        "cooperation",
        "A cooperation agreement on vocational training was signed there in June by Belmara and Costaria",
        None,
        act="agreement",
        time=["2021-06-01", "2021-06-30"],
    ),
]
