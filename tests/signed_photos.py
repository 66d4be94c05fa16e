"""Small made-up photographs for the tests: with metadata, signed with a certificate made here, altered after signing. Nothing is asked of a network."""

from __future__ import annotations

import datetime as dt
import io
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw

BEGAN, ENDS = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2045, 1, 1, tzinfo=dt.UTC)


class Signer(NamedTuple):
    """A root certificate, the chain that signs below it, and the key, all PEM."""

    root: bytes
    chain: bytes
    key: bytes


def picture(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Shapes and shades that no two seeds share."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for step in range(12):
        left, top = (seed * 97 + step * 61) % size[0], (seed * 53 + step * 41) % size[1]
        pen.rectangle((left, top, left + 40, top + 30), fill=((seed * 31 + step * 80) % 256, step * 20, 255 - step * 20))
    return image


def jpeg(image: Image.Image | None = None, *, exif: Image.Exif | None = None) -> bytes:
    content = io.BytesIO()
    (image or picture()).save(content, "JPEG", quality=90, **({"exif": exif} if exif is not None else {}))
    return content.getvalue()


def with_thumbnail(shown: Image.Image, thumbnail: Image.Image) -> bytes:
    """A JPEG whose EXIF holds another small picture: the second directory as cameras write it, by hand, since Pillow writes none."""
    small = jpeg(thumbnail.resize((160, 120)))
    first = (1).to_bytes(2, "big") + bytes.fromhex("0112 0003 00000001 0001 0000") + (26).to_bytes(4, "big")
    at = 8 + len(first) + 2 + 2 * 12 + 4
    second = (2).to_bytes(2, "big") + bytes.fromhex("0201 0004 00000001") + at.to_bytes(4, "big")
    second += bytes.fromhex("0202 0004 00000001") + len(small).to_bytes(4, "big") + bytes(4)
    exif = b"Exif\0\0MM\0*" + (8).to_bytes(4, "big") + first + second + small
    content = io.BytesIO()
    shown.save(content, "JPEG", quality=90, exif=exif)
    return content.getvalue()


def make_signer() -> Signer:
    """A root of its own and a certificate below it that may sign content credentials."""
    root_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Root of Karvel Press", root_key, "Root of Karvel Press", root_key, authority=True)
    own = _certificate("Camera of Karvel Press", own_key, "Root of Karvel Press", root_key, authority=False)
    key = own_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Signer(_pem(root), _pem(own) + _pem(root), key)


def signed(signer: Signer, content: bytes, *, remote: str | None = None) -> bytes:
    """The JPEG with content credentials; with `remote` they lie at that address and not in the file."""
    import c2pa

    manifest = {
        "claim_generator_info": [{"name": "Karvel camera", "version": "1"}],
        "title": "photograph",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}]}}],
    }  # fmt: skip
    context = c2pa.Context.from_dict({"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}})
    builder = c2pa.Builder(manifest, context)
    if remote is not None:
        builder.set_remote_url(remote)
        builder.set_no_embed()
    out = io.BytesIO()
    builder.sign(
        c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", signer.chain, signer.key, None)), "image/jpeg", io.BytesIO(content), out
    )
    return out.getvalue()


def altered(content: bytes) -> bytes:
    """The same with one bit of the picture's data another."""
    changed = bytearray(content)
    changed[-300] ^= 1
    return bytes(changed)


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, issuer_key: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not authority:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return made.sign(issuer_key, hashes.SHA256())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Karvel Press"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
