from annotate import claim, people

TITLE = "Account of a nurse"
PUBLISHED = "2021-05-12"
NURSE = [None, "nurse", "ACCOUNT OF A NURSE"]
SISTER = ["Benedikta", "ward sister"]
DRIVER, PORTER = ["driver", "a driver"], ["The porter", "porter"]
DIRECTOR = ["the director", "director"]

CLAIMS = [
    claim(
        "stretchers",
        "soldiers bring in eleven men on stretchers, their hands cuffed",
        NURSE,
        act=["detention", None],
        victims=people("eleven", 11, 11, group="men"),
        time=["2021-04-27", "2021-04-27"],
        core=True,
    ),
    claim("legs", "They had been shot in the legs, all of them, below the knee", NURSE, act=["attack", "torture", "other"], core=True),
    claim("counted", "I counted eleven", NURSE, victims=people("eleven", 11, 11)),
    claim("nine", "there were nine", ["A colleague", "colleague"], stance=["asserts", "corrects"], victims=people("nine", 9, 9), core=True),
    claim("dressed", "I dressed the wounds of four", NURSE, victims=people("four", 4, 4)),
    claim("empty", "Next morning the beds were empty", NURSE, core=True),
    claim("signed", "an officer had signed for them", SISTER, form="indirect", core=True),
    claim("military", "they were going to the military hospital", SISTER, stance=["asserts", "predicts"], form="indirect", core=True),
    claim(
        "nomilitary", "there was no military hospital in it at all", DRIVER, stance="denies", via=PORTER, answers=["military"], core=True
    ),
    claim("brickworks", "they were left at the brickworks", DRIVER, via=PORTER, place=["brickworks"], core=True),
    claim("unknown", "I don't know", NURSE, stance=["asserts", "doubts"], certainty=["unknown", "certain"]),
    claim(
        "nobody",
        "Nobody with gunshot wounds had been treated here in April",
        DIRECTOR,
        stance="denies",
        answers=["stretchers", "legs", "dressed"],
        time=["2021-04-30", "2021-04-30"],
        form="indirect",
        core=True,
    ),
    claim(
        "answerfor",
        "anybody who said otherwise would answer for it",
        DIRECTOR,
        stance=["asserts", "predicts", "pledges"],
        act="threat",
        core=True,
    ),
    claim("colonel", "a colonel had written it", DIRECTOR, form="indirect", core=True),
    claim("newspaper", "I had seen a man killed", ["The newspaper", "newspaper"], act="killing", core=True),
    claim("neversaid", "I never said so", NURSE, stance="denies", answers=["newspaper"], core=True),
    claim("nokilling", "I saw nobody killed", NURSE, stance=["denies", "asserts"], core=True),
    claim("comefor", "they will come for me", ["My sister", "sister"], stance="predicts", certainty=["probable", "certain"]),
    claim("mayberight", "She may be right", NURSE, stance=["asserts", "concedes"], certainty="possible"),
    claim("promise", "keep my name out of everything", ["The Circle", "Halvet Documentation Circle"], stance="pledges", core=True),
    claim("findout", "find out where those eleven are", NURSE, stance="demands", core=True),
    claim("bread", "he had only gone out for bread", ["One of them", "Anselm"]),
]
