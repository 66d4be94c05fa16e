from annotate import claim, people

TITLE = "Empty Cells: Detention and Disappearance in the Marune Valley"
PUBLISHED = "2023-11-20"
WATCH = ["Tessel Watch", None]
GUARD = ["Internal Guard"]
ONE, OTHER = ["One of the two guards", "guard"], ["other guard", "guard"]
MINISTRY = ["Interior Ministry", "Sabrikan Interior Ministry", "the ministry"]

CLAIMS = [
    claim("held", "the Internal Guard held no fewer than 430 people at the Old Mint, a disused coin factory in the town of Marune, without charge", WATCH,
          act="detention", perpetrators=GUARD, place=["Old Mint", "Marune"], victims=people("no fewer than 430", 430, None), time=["2021-01-01", "2023-06-30"], core=True),
    claim("unseen", "43, including 11 children, have not been seen since", WATCH, act=["enforced_disappearance", None], victims=people("43", 43, 43), core=True),
    claim("dead", "at least some of them are dead", ["Tessel Watch"], certainty="probable", core=True),
    claim("beat", "guards beat them with cable on the soles of the feet", ["Eight former detainees"], act="torture", perpetrators=["guards"], form="indirect", core=True),
    claim("suspended", "he was suspended by the wrists for \"what felt like a day\"", ["Farid"], act="torture", form="mixed", core=True),
    claim("notkilled", "He did not see anyone killed", ["Farid"], stance=["asserts", "denies"]),
    claim("bodies", "he had carried two bodies to the yard in March 2022", ["Joram Abey"], via=["Farid"], victims=people("two", 2, 2), time=["2022-03-01", "2022-03-31"], core=True),
    claim("nobeating", "anyone was beaten in his presence", ONE, stance="denies", anonymous=True, answers=["beat", "suspended"], core=True),
    claim("punishments", "There were punishments, yes", ONE, stance="concedes", anonymous=True, form="direct", core=True),
    claim("notorture", "Torture, no", ONE, stance="denies", act=["torture", None], anonymous=True, answers=["beat", "suspended"], form="direct", core=True),
    claim("twelve", "as many as 12 prisoners a week arrived at night", OTHER, act=["detention", None], anonymous=True,
          victims=people("as many as 12", None, 12, "week", "prisoners"), core=True),
    claim("register", "the commander, Major Selim Karout, ordered their names to be left out of the register", OTHER, act=["concealment", "enforced_disappearance"],
          anonymous=True, core=True),
    claim("seventy", "the number of dead at 70", ["Tessel Watch"], victims=people("70", 70, 70), time=["2022-05-09", "2022-05-09"]),
    claim("withdraw", "we withdraw it", WATCH, stance="retracts", answers=["seventy"], core=True),
    claim("never", "has never been used as a place of detention", MINISTRY, stance="denies", answers=["held", "twelve"], time=["2023-10-02", "2023-10-02"], core=True),
    claim("misled", "the report's authors had been \"misled by criminals\"", MINISTRY, stance=["denies", "doubts", "asserts"], form="mixed"),
    claim("questioned", "the Internal Guard had questioned \"a small number of persons\" there in 2021", MINISTRY, stance=["concedes", "asserts"],
          act=["detention", "investigation", "other"], time=["2021-01-01", "2021-12-31"]),
    claim("released", "all of whom were released within 48 hours", MINISTRY, stance=["asserts", "denies", "concedes"]),
    claim("close", "The Sabrikan authorities should close the Old Mint at once", WATCH, stance="demands", core=True),
    claim("names", "publish the names of everyone held there", WATCH, stance="demands"),
    claim("training", "The Lakes Union should suspend its training programme for the Internal Guard until an independent inquiry has reported", WATCH, stance="demands", core=True),
]
