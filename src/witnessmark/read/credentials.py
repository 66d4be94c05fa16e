"""Content credentials (C2PA) of a file: whether they hold, and whether whoever signed stands on a list that the person trusts.

The library fetches remote manifests and asks for revocation over the network unless its context forbids both; `load_settings` alone does not. The limited
child has no network besides. What the credentials say happened to a picture is the signer's word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from witnessmark.model.media import Credentials, CredentialState, TrustList
from witnessmark.read.extract import Original

INSTALL = "pip install 'witnessmark[media]'"
_OFF = {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}
"""Nothing is fetched; whether a signer is trusted is looked up in the list alone."""
_NO_CREDENTIALS = "ManifestNotFound"
_ELSEWHERE = "Remote: must fetch remote manifests from url "
_ALTERED = frozenset({"assertion.missing", "assertion.undeclared", "assertion.hashedURI.missing", "claimSignature.missing"})
"""Besides what ends in "mismatch": results by which the file or the credentials are not what was signed. Others (an expired certificate) say nothing of that."""
_UNTRUSTED = "signingCredential.untrusted"
_MOST_LISTED = 60
_LONGEST = 300


def c2pa_version() -> str | None:
    """The version of the library installed here, or None."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("c2pa-python")
    except PackageNotFoundError:
        return None


def credentials_of(original: Original, trust: Sequence[TrustList]) -> Credentials:
    """What the credentials in the file show; a list counts where the signature leads to one of its certificates."""
    try:
        import c2pa
    except (ImportError, OSError):
        return Credentials(None, f"c2pa-python is not installed; install it with: {INSTALL}")
    if original.media_type not in c2pa.Reader.get_supported_mime_types():
        return Credentials(None, f"the library does not read credentials in files of type {original.media_type}")
    report = _report(original, None)
    if not isinstance(report, dict):
        return report
    found = _sorted(report)
    if found.state is not CredentialState.UNKNOWN_SIGNER:
        return found
    trusting = tuple(one.name for one in trust if _trusts(original, one))
    return _with(found, CredentialState.TRUSTED, trusting) if trusting else found


def _report(original: Original, trust: TrustList | None) -> dict[str, Any] | Credentials:
    import c2pa

    settings: dict[str, object] = {"verify": _OFF}
    if trust is not None:
        settings["trust"] = {"user_anchors": trust.certificates.decode(errors="replace")}
    try:
        with c2pa.Context.from_dict(settings) as context, original.path.open("rb") as file:
            reader = c2pa.Reader(original.media_type, file, context=context)
            try:
                report: dict[str, Any] = json.loads(reader.json())
            finally:
                reader.close()
    except c2pa.C2paError as error:
        return _without_report(str(error))
    return report


def _without_report(message: str) -> Credentials:
    if message.startswith(_NO_CREDENTIALS):
        return Credentials(CredentialState.NONE)
    if message.startswith(_ELSEWHERE):
        address = message.removeprefix(_ELSEWHERE)[:_LONGEST]
        return Credentials(None, "its credentials lie on the network, and nothing is fetched", elsewhere=address)
    return Credentials(None, f"its credentials are damaged or of an unknown kind ({message[:_LONGEST]})")


def _sorted(report: dict[str, Any]) -> Credentials:
    manifest = report.get("manifests", {}).get(report.get("active_manifest"), {})
    signature = manifest.get("signature_info") or {}
    results = report.get("validation_results") or {}
    failures = list(_failures(results.get("activeManifest")))
    before = [code for delta in results.get("ingredientDeltas") or [] for code in _failures(delta.get("validationDeltas"))]
    others = [code for code in failures if code != _UNTRUSTED]
    state, reason = _state(report, others)
    return Credentials(
        state=state,
        reason=reason,
        signer=_clipped(signature.get("common_name")),
        issuer=_clipped(signature.get("issuer")),
        signed_at=_clipped(signature.get("time")),
        generator=_clipped(", ".join(_generators(manifest))),
        actions=tuple(_actions(manifest))[:_MOST_LISTED],
        codes=tuple(dict.fromkeys(others))[:_MOST_LISTED],
        made_from=tuple(dict.fromkeys(before))[:_MOST_LISTED],
    )


def _state(report: dict[str, Any], failures: Sequence[str]) -> tuple[CredentialState | None, str | None]:
    if any(code in _ALTERED or (code.endswith("mismatch") and not code.startswith("timeStamp")) for code in failures):
        return CredentialState.ALTERED, None
    if report.get("validation_state") in {"Valid", "Trusted"}:
        return CredentialState.UNKNOWN_SIGNER, None
    return None, f"its credentials do not hold ({', '.join(failures[:5]) or 'no reason was given'})"


def _failures(results: dict[str, Any] | None) -> Iterator[str]:
    for one in (results or {}).get("failure") or []:
        yield str(one.get("code"))


def _generators(manifest: dict[str, Any]) -> Iterator[str]:
    for one in manifest.get("claim_generator_info") or []:
        yield " ".join(str(one[key]) for key in ("name", "version") if one.get(key))


def _actions(manifest: dict[str, Any]) -> Iterator[str]:
    for assertion in manifest.get("assertions") or []:
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            for action in (assertion.get("data") or {}).get("actions") or []:
                parts = [str(action[key]) for key in ("action", "when", "softwareAgent", "digitalSourceType") if action.get(key)]
                yield ", ".join(parts)[:_LONGEST]


def _trusts(original: Original, trust: TrustList) -> bool:
    report = _report(original, trust)
    return isinstance(report, dict) and report.get("validation_state") == "Trusted"


def _with(found: Credentials, state: CredentialState, trusting: tuple[str, ...]) -> Credentials:
    return msgspec.structs.replace(found, state=state, trusted_by=trusting)


def _clipped(value: object) -> str | None:
    return str(value)[:_LONGEST] or None if value is not None else None
