"""Wordings of many kinds of speakers, each with the stance that the guide to annotating gives it."""

from __future__ import annotations

import pytest

from witnessmark.claims import ClaimReader

BATTERY = [
    ("denies", "The rebels said it was not they who had mined the road.", "mined the road"),
    ("denies", '"It was not our men who burned the school," commander Rask said by radio.', "burned the school"),
    ("denies", "The prisoner, Tomas Ruhl, pleaded not guilty to the murder of the two guards.", "murder of the two guards"),
    ("denies", "The army rubbished reports that it had shelled the clinic.", "shelled the clinic"),
    ("denies", "The president waved away claims of a massacre.", "massacre"),
    ("denies", "The minister poured scorn on the report of mass graves.", "mass graves"),
    ("denies", "Rask said he had no idea who had killed the priest.", "no idea who had killed the priest"),
    ("denies", "Rask said he knew nothing of the graves.", "knew nothing of the graves"),
    ("denies", "Rask professed ignorance of the graves.", "ignorance of the graves"),
    ("denies", "The front disavowed the attack on the bus.", "attack on the bus"),
    ("denies", '"What massacre? I saw people drinking tea," General Vohl sneered.', "massacre"),
    ("denies", "The explosion was caused by a gas leak and not by a shell, the Ministry said.", "not by a shell"),
    ("denies", "The minister said there was no question of the army having used gas.", "the army having used gas"),
    ("denies", '"I was nowhere near Sarn that day," said Lund.', "nowhere near Sarn"),
    ("denies", "Lund said he had been nowhere near Sarn that day.", "nowhere near Sarn"),
    ("denies", "The Ministry took issue with the figure of 40 dead.", "40 dead"),
    ("denies", 'The Ministry took exception to the word "siege".', "siege"),
    ("denies", "The Ministry objected to the description of the camp as a prison.", "description of the camp as a prison"),
    ("asserts", "There was no light in the cell, Ruhl said.", "no light in the cell"),
    ("asserts", "Ruhl said that the guards had denied them water.", "denied them water"),
    ("asserts", "The guards denied the prisoners medical care, said the nurse.", "denied the prisoners medical care"),
    ("asserts", "The witness said that the soldiers did not speak.", "the soldiers did not speak"),
    ("asserts", '"We had no food for three days," said a mother of four.', "no food for three days"),
    ("asserts", "The nurse said no ambulance came.", "no ambulance came"),
    ("asserts", "There was no doctor in the camp, Ana Pell said.", "no doctor in the camp"),
    ("asserts", '"Nobody helped us," said the old man.', "Nobody helped us"),
    ("asserts", '"He never came home," his wife said.', "never came home"),
    ("asserts", "The Observatory said that the judge had rejected the appeal.", "the judge had rejected the appeal"),
    ("asserts", "The doctor said that the wounds were not bandaged.", "wounds were not bandaged"),
    ("asserts", "She said the soldiers wore no insignia.", "soldiers wore no insignia"),
    ("concedes", "Lund owned up to burning the school.", "burning the school"),
    ("concedes", "Lund pleaded guilty to the murder of the priest.", "murder of the priest"),
    ("concedes", "The mayor recognised that the police had used excessive force.", "the police had used excessive force"),
    ("doubts", "The minister cast doubt on the figure of 400.", "figure of 400"),
    ("doubts", "Pell expressed doubts about the video.", "video"),
    ("doubts", "The lawyer queried whether the log was genuine.", "the log was genuine"),
    ("doubts", "Observers remain unconvinced that the ceasefire will hold.", "the ceasefire will hold"),
    ("doubts", "Pell voiced scepticism about the claim that gas was used.", "gas was used"),
    ("doubts", "The nurse found it hard to believe that he had hanged himself.", "he had hanged himself"),
    ("retracts", "The minister took back his remark that there were no prisoners.", "there were no prisoners"),
]


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return ClaimReader.load()


@pytest.mark.parametrize(("stance", "text", "words"), BATTERY)
def test_what_the_words_do_is_read_as_their_stance(reader: ClaimReader, stance: str, text: str, words: str) -> None:
    start = text.index(words)
    holding = [
        claim.stance.value
        for claim in reader.read(text, "2024-05-08")
        if min(span.start for span in claim.content) <= start and max(span.end for span in claim.content) >= start + len(words)
    ]
    assert stance in holding
    assert stance != "asserts" or "denies" not in holding
