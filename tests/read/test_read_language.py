from __future__ import annotations

import pytest

from witnessmark.read.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry said on Monday that none of its soldiers had been in the town when the market was hit."),
        ("fr", "Le ministère a déclaré lundi que les soldats ne se trouvaient pas dans la ville au moment de la frappe sur le marché."),
        ("es", "El ministerio dijo el lunes que los soldados no estaban en la ciudad cuando el mercado fue atacado por los aviones."),
        ("pt", "O ministério disse na segunda-feira que os soldados não estavam na cidade quando o mercado foi atingido pelos aviões."),
        ("it", "Il ministero ha detto lunedì che i soldati non erano nella città quando il mercato è stato colpito dagli aerei."),
        ("de", "Das Ministerium sagte am Montag, dass die Soldaten nicht in der Stadt waren, als der Markt getroffen wurde."),
        ("nl", "Het ministerie zei maandag dat de soldaten niet in de stad waren toen de markt werd getroffen door een raket."),
        (
            "tr",
            "Bakanlık pazartesi günü, pazar yeri vurulduğunda askerlerin şehirde olmadığını ve bir soruşturma için emir verildiğini söyledi, ama bu tarih ile ilgili daha çok bilgi yok.",
        ),
        ("ru", "Министерство заявило в понедельник, что солдат не было в городе, когда по рынку был нанесён удар."),
        ("uk", "Міністерство заявило в понеділок, що солдатів не було в місті, коли по ринку було завдано удару, та що це перевіряють."),
        ("ar", "قالت الوزارة يوم الاثنين إن الجنود لم يكونوا في المدينة عندما قصف السوق، وإن التحقيق في ذلك بدأ من قبل."),
        ("fa", "وزارت دفاع روز دوشنبه گفت که سربازان در شهر نبودند و این بازار را با هواپیما هدف قرار نداده است."),
        ("he", "המשרד הודיע ביום שני כי החיילים לא היו בעיר כאשר השוק נפגע."),
        ("el", "Το υπουργείο ανακοίνωσε τη Δευτέρα ότι οι στρατιώτες δεν ήταν στην πόλη."),
        ("zh", "国防部星期一表示市场遭到袭击时士兵不在该市并称已经开始调查此事。"),
        ("ja", "国防省は月曜日、市場が攻撃されたとき兵士は市内にいなかったと発表した。"),
        ("ko", "국방부는 월요일에 시장이 공격받았을 때 군인들이 도시에 없었다고 밝혔다."),
    ],
)
def test_the_language_of_running_text_is_found(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 | 34 | 56",
        "Tessel",
        "Anna Reed, Marc Dole, Ivo Tern, Lena Marsh, Piet Orlo, Sara Venn, Tom Hale, Nadia Ost",
        "የመከላከያ ሚኒስቴር ሰኞ ዕለት ወታደሮች በከተማው ውስጥ አልነበሩም አለ",
        "Ministeriet sade på måndagen att soldaterna inte var i staden när torget träffades av en raket.",
        "Ministerstwo oświadczyło w poniedziałek, że żołnierzy nie było w mieście, kiedy rynek został trafiony.",
        "Wasiirku wuxuu sheegay Isniintii in askartu aanay magaalada joogin markii suuqa la duqeeyay oo la bilaabay baaritaan.",
        "Wizara ilisema Jumatatu kwamba askari hawakuwa mjini wakati soko lilipopigwa na kwamba uchunguzi umeanza.",
        "The ministry said قالت الوزارة ΤΟ ΥΠΟΥΡΓΕΙΟ Министерство заявило",
    ],
)
def test_none_is_said_where_the_language_is_not_sure(text: str) -> None:
    assert language_of(text) is None


def test_vocalised_arabic_is_arabic() -> None:
    assert language_of("قَالَتِ الوِزَارَةُ فِي بَيَانٍ إِنَّ الجُنُودَ لَمْ يَكُونُوا فِي المَدِينَةِ عِنْدَمَا قُصِفَ السُّوقُ مِنَ الجَوِّ") == "ar"
