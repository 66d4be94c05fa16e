"""Content credentials in the limited child: four words, a list of one's own, and nothing asked of a network."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.signed_photos import Signer, altered, jpeg, make_signer, signed

from witnessmark.model.media import Credentials, CredentialState, MediaCheck, TrustList
from witnessmark.read.checking import CheckParams, run_checks
from witnessmark.read.credentials import credentials_of
from witnessmark.read.extract import Original
from witnessmark.read.request import ReadRequest

c2pa = pytest.importorskip("c2pa")
NOTHING_ELSE = CheckParams(None, None, "any", None)


class Canary:
    """A server on this computer that notes who comes by."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        visits = self.visits

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                visits.append(self.path)
                self.send_response(404)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/credentials.c2pa"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def signer() -> Signer:
    return make_signer()


def checked(folder: Path, *files: bytes, trust: tuple[TrustList, ...] = ()) -> list[Credentials]:
    """The credentials of JPEGs, checked in the child as a case checks them."""
    requests = []
    for number, content in enumerate(files):
        path = folder / f"{number}.jpg"
        path.write_bytes(content)
        requests.append(ReadRequest(hashlib.sha256(content).hexdigest() + str(number), path, path.name, "image/jpeg"))
    found = []
    for result in run_checks(requests, NOTHING_ELSE, trust, workers=1):
        assert isinstance(result, MediaCheck), result
        found.append(result.credentials)
    return found


def test_the_words_are_those_four_and_a_list_is_named(tmp_path: Path, signer: Signer) -> None:
    whole = signed(signer, jpeg())
    lists = (TrustList("press cameras", signer.root), TrustList("others", make_signer().root))
    found = checked(tmp_path, whole, altered(whole), jpeg(), trust=lists)
    assert [one.words for one in found] == ["intact, signer trusted by press cameras", "altered", "none"]
    assert found[0].signer == "Camera of Karvel Press"
    assert found[1].codes == ("assertion.dataHash.mismatch",)
    assert found[0].actions[0].startswith("c2pa.created")


def test_a_signer_on_no_list_is_unknown(tmp_path: Path, signer: Signer) -> None:
    whole = signed(signer, jpeg())
    (found,) = checked(tmp_path, whole)
    assert found.words == "intact, signer unknown"
    (other,) = checked(tmp_path, whole, trust=(TrustList("others", make_signer().root),))
    assert (other.words, other.trusted_by) == ("intact, signer unknown", ())


def test_altered_stays_altered_whoever_is_trusted(tmp_path: Path, signer: Signer) -> None:
    (found,) = checked(tmp_path, altered(signed(signer, jpeg())), trust=(TrustList("press cameras", signer.root),))
    assert found.state is CredentialState.ALTERED


def test_no_word_says_authentic_or_real() -> None:
    for state in CredentialState:
        assert not {"authentic", "real", "genuine", "fake", "verified"} & set(state.value.split())


def test_credentials_that_lie_elsewhere_are_not_fetched(tmp_path: Path, signer: Signer, canary: Canary) -> None:
    afar = signed(signer, jpeg(), remote=canary.address)
    (found,) = checked(tmp_path, afar)
    assert found.state is None
    assert found.elsewhere == canary.address
    assert canary.visits == []


def test_the_library_itself_is_told_to_ask_nobody(tmp_path: Path, signer: Signer, canary: Canary) -> None:
    """Without the child around it, which has no network anyway. The library's own way is tried first, or this would show nothing."""
    path = tmp_path / "afar.jpg"
    path.write_bytes(signed(signer, jpeg(), remote=canary.address))
    with path.open("rb") as file, pytest.raises(c2pa.C2paError):
        c2pa.Reader("image/jpeg", file)
    assert len(canary.visits) == 1, "the library as it comes asks the network"
    found = credentials_of(Original(path, "afar.jpg", "image/jpeg"), ())
    assert found.words == "not checked: its credentials lie on the network, and nothing is fetched"
    assert len(canary.visits) == 1


@pytest.mark.parametrize("cut", [3, 200, 2000])
def test_a_signed_file_cut_short_is_no_intact_one(tmp_path: Path, signer: Signer, cut: int) -> None:
    (found,) = checked(tmp_path, signed(signer, jpeg())[:-cut])
    assert found.state in {None, CredentialState.ALTERED}
