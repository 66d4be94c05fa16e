"""Three lists of one invented population, for tests that link and count them."""

import csv
import random
from pathlib import Path

GIVEN = ("Karim", "Tarek", "Munir", "Salwa", "Yasmin", "Jabir", "Nizar", "Layla", "Rashid", "Faisal", "Hind", "Idris")
FAMILY = ("Talhuni", "Barakat", "Qabbani", "Mansur", "Zayyat", "Darwazeh", "Rimawi", "Shahin", "Kanaan", "Tuqan", "Ghosheh", "Nabulsi")
LISTS = ("Hospitals", "Families", "Press")


def write_lists(folder: Path, people: int = 260) -> list[Path]:
    """Three lists of one invented population, each with half of the people, and a mapping beside each."""
    rng = random.Random(11)  # noqa: S311 -- test data
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in LISTS}
    for person in range(people):
        row = (rng.choice(GIVEN), rng.choice(FAMILY), f"2013-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", "Ost")
        for name in LISTS:
            if rng.random() < 0.5:
                rows[name].append((str(person), *row))
    files = []
    for name in LISTS:
        file = folder / f"{name.lower()}.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([("No", "First name", "Last name", "Died", "Town"), *rows[name]])
        columns = '{ id = "No", given = "First name", family = "Last name", died = "Died", place = "Town" }'
        file.with_suffix(".toml").write_text(
            f'name = "{name}"\nsource = "{name} of Ost"\ncompiled = "By hand."\ndate_order = "year-first"\ncolumns = {columns}\n'
        )
        files.append(file)
    return files
