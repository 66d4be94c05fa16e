from annotate import claim, people

TITLE = "Orlenian Army Shot Villagers at Quarry, Monitors Say"
PUBLISHED = "2024-05-08"
HEAD = ["Marit Solheim-Okoye", "head of a regional monitoring mission"]
VASH = ["Teodor Vash", "Defence Ministry"]
BRIGADE = ["Third Brigade", "Orlenia", "Soldiers of Orlenia’s Third Brigade"]
OFFICIAL = ["senior ministry official"]

CLAIMS = [
    claim("shot", "Soldiers of Orlenia’s Third Brigade shot dead at least 13 villagers at a limestone quarry near Dast Orun last week", HEAD,
          act="killing", perpetrators=BRIGADE, place=["Dast Orun", "quarry"], victims=people("at least 13", 13, None, group="villagers"),
          time=["2024-04-29", "2024-05-05"], form="indirect", core=True),
    claim("burned", "then burned the bodies", HEAD, act=["concealment", "destruction", "other"], core=True),
    claim("execution", "What we found at the quarry is consistent with execution and with nothing else", HEAD, certainty=["certain", "probable"],
          act="killing", form="direct", time=["2024-05-08", "2024-05-08"]),
    claim("tied", "The men had been tied", HEAD, form="direct"),
    claim("counted", "We counted 13 bodies", HEAD, victims=people("13", 13, 13), form="direct"),
    claim("more", "we believe there are more", HEAD, certainty="probable", form="direct"),
    claim("taken", "between 40 and 60 men had been taken from the village on the evening of April 30", HEAD, act=["detention", "enforced_disappearance"],
          victims=people("between 40 and 60", 40, 60, group="men"), time=["2024-04-30", "2024-04-30"], core=True),
    claim("nine", "only nine were known to have come back", HEAD, victims=people("nine", 9, 9)),
    claim("rejected", "rejected the findings", ["Defence Ministry", "Orlenia’s Defence Ministry", "Teodor Vash"], stance="denies",
          answers=["shot", "burned", "execution", "taken"], core=True),
    claim("nocivilian", "No unit of the Third Brigade killed a single civilian", VASH, stance="denies", via=["ORNA"], answers=["shot", "execution"],
          form="direct", core=True),
    claim("exchange", "“an exchange of fire” took place near the quarry", VASH, stance="concedes", act=["attack", "other"], form="mixed", core=True),
    claim("six", "six men died in it", VASH, stance="concedes", act=["killing", "other"], victims=people("six", 6, 6), form="indirect", core=True),
    claim("armed", "armed members of the Free Hills Movement", VASH, stance=["asserts", "denies"]),
    claim("custody", "some of the dead had been in custody when they were shot", OFFICIAL, act=["killing", "death_in_custody"], anonymous=True, core=True),
    claim("shouldnot", "It should not have happened", OFFICIAL, stance=["asserts", "concedes"], anonymous=True, kind=["opinion", "position"]),
    claim("nofighters", "it had lost no fighters that day", ["Free Hills Movement"], stance=["denies", "asserts"], answers=["six", "armed"]),
    claim("grave", "“grave doubts” about the army’s version", ["Ilse Kantor"], stance="doubts", answers=["nocivilian", "exchange", "six", "armed"], core=True),
    claim("handover", "hand over the officers involved within 30 days", ["Ilse Kantor"], stance="demands", core=True),
    claim("commission", "he would name a commission of inquiry by Friday", ["Rusk’s office", "Anton Rusk"], stance="pledges", act=["investigation", None], core=True),
    claim("accord", "Orlenia and Belmara signed a border accord in Halvet last year", None, act="agreement", place=["Halvet"], time=["2023-01-01", "2023-12-31"]),
    claim("met", "Kantor met Rusk in Halvet on Monday", None, act="meeting", place=["Halvet"], time=["2024-05-06", "2024-05-06"]),
]
