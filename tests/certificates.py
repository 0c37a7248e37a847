"""Certificates for tests: a root, a server certificate for `localhost` signed by it, and a root that signed nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def make_certificates(folder: Path) -> dict[str, Path]:
    """PEM files: `root`, `other root`, and `server` with its key."""
    roots = {name: _issue(name) for name in ("root", "other root")}
    key, certificate = _issue("localhost", roots["root"])
    out = {}
    for name, (_key, root) in roots.items():
        out[name] = folder / f"{name.replace(' ', '-')}.pem"
        out[name].write_bytes(root.public_bytes(Encoding.PEM))
    out["server"] = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    out["server"].write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return out


def _issue(
    name: str, by: tuple[EllipticCurvePrivateKey, x509.Certificate] | None = None
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    key = generate_private_key(SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, issuer = (key, subject) if by is None else (by[0], by[1].subject)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )
    return key, builder.sign(signer, SHA256())
