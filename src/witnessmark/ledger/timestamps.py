"""Timestamps by an outside authority (RFC 3161): a request to be carried there, and the check of what came back.

Nothing here opens a connection. What is stamped is the text of a checkpoint, without its signatures, so that a cosignature added later takes nothing away.
"""

from __future__ import annotations

import hashlib

import msgspec

from witnessmark.errors import CustodyError, UsageError

_SHA256 = "2.16.840.1.101.3.4.2.1"
TOKEN_LIMIT = 1024 * 1024
"""Bytes of the longest answer that is looked at."""


class Stamp(msgspec.Struct, frozen=True):
    """What a token says: when (UTC) by the authority's clock, and whose it is, as its certificate has it."""

    at: str
    authority: str


def timestamp_request(text: str) -> bytes:
    """A request for a token over a text, as DER: the hash alone, with a nonce, asking for the authority's certificate."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def read_token(response: bytes, text: str) -> Stamp:
    """What an answer says of a text, whoever made it. Raises CustodyError, in words without a subject, where it is none or over another text."""
    from cryptography.x509 import InvalidVersion
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        answer = decode_timestamp_response(response)
        if answer.status != PKIStatus.GRANTED:
            raise CustodyError(f"the authority refused: {' '.join(answer.status_string) or f'status {answer.status}'}")
        info, signer = answer.tst_info, _signer(answer.signed_data.certificates)
    except (ValueError, TypeError, InvalidVersion) as error:  # what the libraries raise over bytes that were altered
        raise CustodyError("it is not the answer of a timestamping authority") from error
    imprint = info.message_imprint
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != hashlib.sha256(text.encode()).digest():
        raise CustodyError("it stamps something else than this checkpoint")
    return Stamp(info.gen_time.strftime("%Y-%m-%dT%H:%M:%SZ"), signer)


def check_token(response: bytes, text: str, authority: bytes) -> Stamp:
    """What an answer says of a text, with its signature checked against the authority's certificates (PEM, roots and any in between).

    Raises CustodyError, in words without a subject, where it does not hold; UsageError where the certificates cannot be read.
    """
    from cryptography.x509 import InvalidVersion, load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    stamp = read_token(response, text)
    try:
        certificates = load_pem_x509_certificates(authority)
    except ValueError as error:
        raise UsageError(f"The authority's certificate cannot be read as PEM ({error}).") from error
    if not any(certificate.issuer == certificate.subject for certificate in certificates):
        raise UsageError("The authority's file holds no root certificate. Give the one its tokens are to be checked with, in PEM.")
    builder = VerifierBuilder()
    for certificate in dict.fromkeys(certificates):
        root = certificate.issuer == certificate.subject
        builder = builder.add_root_certificate(certificate) if root else builder.add_intermediate_certificate(certificate)
    try:
        builder.build().verify_message(decode_timestamp_response(response), text.encode())
    except (VerificationError, ValueError, TypeError, InvalidVersion) as error:
        raise CustodyError(f"it is not signed by that authority ({error})") from error
    return stamp


def _signer(certificates: set[bytes]) -> str:
    """Whose token it is, by the certificate in it that no other in it was issued by."""
    from cryptography.x509 import load_der_x509_certificate

    known = [load_der_x509_certificate(content) for content in certificates]
    issuers = {certificate.issuer for certificate in known if certificate.issuer != certificate.subject}
    names = [certificate.subject.rfc4514_string() for certificate in known if certificate.subject not in issuers]
    return "; ".join(sorted(names)) or "an authority it does not name"
