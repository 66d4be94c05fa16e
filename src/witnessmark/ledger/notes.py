"""Signed notes: a text with Ed25519 signatures under it, as lines that can be mailed, printed and read by other programs.

The form is that of https://c2sp.org/signed-note, a second person's signature that of https://c2sp.org/tlog-cosignature (cosignature/v1, which
says when). A key's name is public: it is drawn at random and never the name of a person.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from enum import IntEnum

import msgspec

from witnessmark.errors import CustodyError, UsageError

SIGNATURE_MARK = "— "
NOTE_LIMIT = 1024 * 1024
"""Bytes of the longest note that is looked at."""

_NAME = r"[!-*,-~]+"
"""Visible ASCII without a plus sign: narrower than the specification, so that no name looks like another."""
_SIGNATURE = re.compile(rf"— ({_NAME}) ([A-Za-z0-9+/]+={{0,2}})")
_VERIFIER = re.compile(rf"({_NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]+={{0,2}})")
_PRIVATE = re.compile(rf"PRIVATE\+KEY\+({_NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]+={{0,2}})")
_KEY_BYTES, _ID_BYTES, _TIME_BYTES = 32, 4, 8


class Kind(IntEnum):
    """What a key signs, by the byte the specification assigns: a note, or a note with the time of signing."""

    NOTE = 1
    COSIGNATURE = 4


class Signature(msgspec.Struct, frozen=True):
    """One signature line: the key's name, its id (4 bytes), and what was signed with it."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{SIGNATURE_MARK}{self.name} {_base64(self.key_id + self.value)}\n"


class Note(msgspec.Struct, frozen=True):
    """A text ending in a line end, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @property
    def form(self) -> str:
        """The note as it is stored and sent."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"


class VerifierKey(msgspec.Struct, frozen=True):
    """The public half of a key (32 bytes) under its name, for one kind of signature."""

    name: str
    kind: Kind
    public: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || line end || kind || public key), the first four bytes: an identifier, no proof of anything."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_BYTES]

    @property
    def line(self) -> str:
        """The key as one line to be given to others: name, id and key."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    def has_made(self, signature: Signature) -> bool:
        """Whether the signature claims to be of this key."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verifies(self, text: str, signature: Signature) -> bool:
        """Whether this key signed the text."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        signed, value = text.encode(), signature.value
        if self.kind is Kind.COSIGNATURE:
            signed, value = _cosigned(text, signed_at(signature)), value[_TIME_BYTES:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(value, signed)
        except (InvalidSignature, ValueError):
            return False
        return self.has_made(signature)


class SigningKey(msgspec.Struct, frozen=True):
    """A private key (32 bytes) under its public name. `line` is the form in which it is kept; whoever has that can sign."""

    name: str
    private: bytes

    @property
    def line(self) -> str:
        """The key as one line, to be kept secret; the form of Go's `sumdb/note`."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier(Kind.NOTE).key_id.hex()}+{_base64(bytes([Kind.NOTE]) + self.private)}"

    def verifier(self, kind: Kind) -> VerifierKey:
        """The public half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return VerifierKey(self.name, kind, Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Sign a note's text."""
        return Signature(self.name, self.verifier(Kind.NOTE).key_id, self._sign(text.encode()))

    def cosign(self, text: str, at: int) -> Signature:
        """Sign a note's text as a second person, with the time in seconds since 1970 UTC."""
        value = at.to_bytes(_TIME_BYTES, "big") + self._sign(_cosigned(text, at))
        return Signature(self.name, self.verifier(Kind.COSIGNATURE).key_id, value)

    def _sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message)


def new_key(name: str) -> SigningKey:
    """A key drawn at random."""
    return SigningKey(name, secrets.token_bytes(_KEY_BYTES))


def signed_at(signature: Signature) -> int:
    """When a cosignature says it was made, in seconds since 1970 UTC."""
    return int.from_bytes(signature.value[:_TIME_BYTES], "big")


def parse_note(content: bytes) -> Note:
    """A note as stored. Raises CustodyError where it is none."""
    if len(content) > NOTE_LIMIT:
        raise CustodyError(f"it has {len(content):,} bytes, and no signed note is so long")
    try:
        whole = content.decode()
    except UnicodeDecodeError as error:
        raise CustodyError(f"it is not UTF-8 ({error})") from error
    if any(c < " " and c != "\n" for c in whole):
        raise CustodyError("it holds control characters")
    text, blank, lines = whole.rpartition("\n\n")
    matches = [_SIGNATURE.fullmatch(line) for line in lines.removesuffix("\n").split("\n")]
    if not blank or not lines.endswith("\n") or not all(matches):
        raise CustodyError("it is not a text, an empty line and signature lines")
    return Note(text + "\n", tuple(_signature(match[1], match[2]) for match in matches if match))


def _signature(name: str, encoded: str) -> Signature:
    value = _decoded(encoded)
    if len(value) <= _ID_BYTES:
        raise CustodyError(f"the signature of {name} is cut off")
    return Signature(name, value[:_ID_BYTES], value[_ID_BYTES:])


def parse_verifier(line: str) -> VerifierKey:
    """A public key from its line. Raises UsageError where it is none, or its id is not that of name and key (a slip in copying)."""
    match = _VERIFIER.fullmatch(line.strip())
    content = _key_content(match[3]) if match else None
    if match is None or content is None or content[0] not in set(Kind):
        raise UsageError(
            f"{line.strip()[:80]!r} is not a verifier key. It is one line: name+8 hex digits+base64, as `witnessmark key new` prints it."
        )
    key = VerifierKey(match[1], Kind(content[0]), content[1:])
    if key.key_id.hex() != match[2]:
        raise UsageError(
            f"The verifier key of {key.name} was copied wrongly: by its content its id is {key.key_id.hex()}, and it says {match[2]}."
        )
    return key


def parse_private(line: str) -> SigningKey:
    """A private key from its line. Raises UsageError, which never shows the line, where it is none."""
    match = _PRIVATE.fullmatch(line.strip())
    content = _key_content(match[3]) if match else None
    if match is None or content is None or content[0] != Kind.NOTE:
        raise UsageError("It does not hold a signing key as `witnessmark key new FILE` writes it.")
    key = SigningKey(match[1], content[1:])
    if key.verifier(Kind.NOTE).key_id.hex() != match[2]:
        raise UsageError("The signing key in it is damaged: its id is not that of its content.")
    return key


def _key_content(encoded: str) -> bytes | None:
    try:
        content = _decoded(encoded)
    except CustodyError:
        return None
    return content if len(content) == 1 + _KEY_BYTES else None


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(encoded: str) -> bytes:
    """The bytes of a base64 text in its one canonical form. Raises CustodyError."""
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise CustodyError(f"{encoded[:40]!r} is not base64 ({error})") from error
    if _base64(content) != encoded:
        raise CustodyError(f"{encoded[:40]!r} is not base64 as it is written")
    return content
