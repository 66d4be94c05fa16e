"""Numbers of victims in the wordings of wires, hospitals, courts and witnesses, each as (min, max, per), and numbers that count no victims."""

import pytest

from witnessmark.claims import ClaimReader


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dozens of people were killed every day, the nurse said.", {(24, None, "day")}),
        ("Three children die of hunger daily, the doctor said.", {(3, 3, "day")}),
        ("Two or three boys were taken every night, she said.", {(2, 3, "night")}),
        ("Ten detainees died of hunger per month, the doctor testified.", {(10, 10, "month")}),
        ("Both brothers were shot dead by soldiers.", {(2, 2, None)}),
        ("Fifty boys were recruited by the Sable Front, UNICEF said.", {(50, 50, None)}),
        ("The rebels recruited more than 100 children, the report found.", {(101, None, None)}),
        ("Shelling of Port Kell kills six, wounds 14.", {(14, 14, None), (6, 6, None)}),
        ("The death toll has climbed above 500, the Red Crescent said.", {(501, None, None)}),
        ("3 000 people were detained.", {(3000, 3000, None)}),
        ("50+ people killed in Tarn, more trapped.", {(50, None, None)}),
        (">100 people arrested, says @orrelrights.", {(101, None, None)}),
        ("Two men, a woman and a child were shot dead.", {(1, 1, None), (2, 2, None)}),
        ("One of the prisoners was shot.", {(1, 1, None)}),
        ("They lined up 15 of our men and shot them.", {(15, 15, None)}),
        ("The victims included 9 children.", {(9, 9, None)}),
        ("Among the dead were four nurses.", {(4, 4, None)}),
        ("Five killed in drone strike on bus.", {(5, 5, None)}),
        ("13 bodies arrived at the morgue.", {(13, 13, None)}),
        ("The number of missing stood at 210.", {(210, 210, None)}),
        ("As many as 50 men a day were taken from the cells, a former detainee said.", {(None, 50, "day")}),
        ("No fewer than 40 villagers were slaughtered in Kessan, residents said.", {(40, None, None)}),
        ("Between 5 and 8 detainees die each week, he said.", {(5, 8, "week")}),
        ("Thirty-five men were marched off towards the quarry.", {(35, 35, None)}),
        ("The strike left 8 dead and 19 injured.", {(19, 19, None), (8, 8, None)}),
        ("Scores of people were injured when the market was bombed.", {(40, None, None)}),
        ("Hundreds of thousands were driven out.", {(200000, None, None)}),
        ("Not more than 15 people were hurt.", {(None, 15, None)}),
        ("The hospital reported 22 dead, 12 of them newborns.", {(12, 12, None), (22, 22, None)}),
        ("A family of five was killed when a shell hit their home.", {(5, 5, None)}),
        ("The toll was later revised to 61.", {(61, 61, None)}),
        ("One of the guards said the cells were flooded.", set()),
        ("Zero casualties, said the ministry.", set()),
        ("Investigators spoke to 32 survivors' lawyers and doctors.", set()),
        ("Thirty soldiers attacked the village at dawn.", set()),
        ("The mission interviewed 145 witnesses.", set()),
        ("The militia burned 60 houses.", set()),
        ("Not one prisoner was harmed, the ministry said.", set()),
        ("Patient 17 had burns.", set()),
        ("Two of the soldiers said they had orders to burn the village.", set()),
        ("He was 34 when the war began.", set()),
        ("The grave lies 12 kilometres from the town.", set()),
    ],
)
def test_numbers_of_victims(reader: ClaimReader, sentence: str, expected: set[tuple[int | None, int | None, str | None]]) -> None:
    claims = reader.read(sentence, "2024-05-08")

    assert {(count.min, count.max, count.per) for claim in claims for count in claim.victims} == expected
