from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.read.read_originals import BARE, request_for, sentence, stored

from witnessmark.model.document import Failure, Reading
from witnessmark.read import ReadParams, ReadRequest, run, safeguards, tools
from witnessmark.read.stage import STAGE


def test_results_come_in_the_order_of_requests_and_one_failure_stops_nothing(tmp_path: Path) -> None:
    names = [f"{number}.txt" for number in range(12)]
    contents = ["" if number == 5 else f"Text number {number}." for number in range(12)]
    requests = [request_for(stored(tmp_path, name, content)) for name, content in zip(names, contents, strict=True)]
    results = list(run(requests, BARE, workers=2))
    assert [result.item if isinstance(result, Failure) else result.document.item for result in results] == [
        request.item for request in requests
    ]
    assert sentence(results[5]) == "The file is empty (0 bytes)."
    assert [result.document.text for result in results if isinstance(result, Reading)] == [text for text in contents if text]


def test_a_result_is_given_before_all_requests_are_taken(tmp_path: Path) -> None:
    request = request_for(stored(tmp_path, "a.txt", "Text."))
    taken: list[int] = []

    def requests() -> object:
        for number in range(100):
            taken.append(number)
            yield request

    results = run(requests(), BARE, workers=1)  # type: ignore[arg-type]  # a plain generator
    assert isinstance(next(results), Reading)
    assert len(taken) < 10
    results.close()  # type: ignore[attr-defined]  # a generator has it


def test_what_a_decoder_raises_is_a_failure_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (result,) = run([ReadRequest("0" * 64, folder, "a.txt", "text/plain")], BARE, workers=1)
    assert isinstance(result, Failure)
    assert result.stage == STAGE
    assert "could not be opened (Is a directory)" in result.reason


def test_a_reading_is_the_same_however_often_it_is_made(tmp_path: Path) -> None:
    request = request_for(stored(tmp_path, "a.txt", "LIMA, 20 AUG 88 (EFE) -- The ministry said so.\r\n"))
    first, second = (msgspec.msgpack.encode(list(run([request], BARE, workers=1))) for _ in range(2))
    assert first == second


def test_nothing_heavy_is_imported_with_the_stage() -> None:
    heavy = "{'lxml', 'PIL', 'openpyxl', 'trafilatura', 'docx', 'pypdfium2', 'charset_normalizer', 'spacy'}"
    program = f"import sys, witnessmark.read; print({heavy} & {{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_each_tool_names_its_purpose_and_the_command_that_installs_it() -> None:
    assert [tool.name for tool in tools()] == ["tesseract", "exiftool", "ffprobe"]
    assert all(tool.install.split()[0] in {"sudo", "brew", "winget"} and tool.purpose for tool in tools())


def test_parameters_say_what_influences_a_reading() -> None:
    here = ReadParams()
    assert (here.tesseract, here.exiftool, here.ffprobe) == tuple(tool.version for tool in tools())
    assert not BARE.can_ocr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere less is enforced")
def test_the_decoding_child_says_what_it_is_held_to() -> None:
    assert any("memory" in held for held in safeguards().enforced)
