"""The signature in a WACZ's `datapackage-digest.json` (WACZ Signing and Verification 0.1): who signed is not known, only with which key.

An anonymous signature carries its own public key, so that it fits shows that the package was not changed since, by anybody without that key. A domain
signature rests on certificates and a time stamp authority, which are not followed here: nothing is fetched.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any


def signature_words(package: dict[str, Any]) -> str:
    """A sentence on the signature: "It fits ...", or why it does not or was not checked."""
    signed = package.get("signedData")
    if not isinstance(signed, dict):
        return "Not checked: there is none."
    if signed.get("hash") != package.get("hash"):
        return "It is over another hash than the file gives, so it says nothing of this package."
    if "domainCert" in signed or "domain" in signed:
        return f"Not checked: it rests on the certificate of a domain ({str(signed.get('domain'))[:100]!r}) and a time stamp, which are not followed here."
    try:
        key = base64.b64decode(signed["publicKey"], validate=True)
        signature = base64.b64decode(signed["signature"], validate=True)
    except (KeyError, TypeError, binascii.Error, ValueError):
        return "Not checked: it has no key and signature that can be read."
    fits = _fits(key, signature, str(signed["hash"]).encode())
    if fits is None:
        return "Not checked: its key is of a kind that is not known here."
    return "It fits the key it carries; whose key that is, it does not say." if fits else "It does not fit the key it carries."


def _fits(key: bytes, signature: bytes, message: bytes) -> bool | None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        public = load_der_public_key(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, message)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            half = (public.key_size + 7) // 8
            if len(signature) == 2 * half:  # as browsers write it (IEEE P1363): r and s side by side
                signature = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
            public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        else:
            return None
    except (InvalidSignature, ValueError):
        return False
    return True
