"""TLS with every server, however old: what its certificate says is noted, never enforced."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

from brokenlinks.http.response import Tls
from brokenlinks.text.urls import is_ip_address

LEGACY_SERVERS = ssl.Options(0x4)
"""OpenSSL's OP_LEGACY_SERVER_CONNECT, which `ssl` has a name for from Python 3.12 on."""


def permissive_tls_context() -> ssl.SSLContext:
    """Return a context that talks to any server: a bad certificate is evidence, not an error."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= LEGACY_SERVERS
    return context


def tls_of(certificate: bytes, host: str) -> Tls:
    """Return whether a certificate (DER) has expired, is self-signed or is not for `host`."""
    # Imported here: they take a tenth of a second, and many runs meet no TLS.
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415
    from service_identity import VerificationError  # noqa: PLC0415
    from service_identity.cryptography import (  # noqa: PLC0415
        verify_certificate_hostname,
        verify_certificate_ip_address,
    )

    parsed = load_der_x509_certificate(certificate)
    not_after = parsed.not_valid_after_utc
    problem = ""
    if not_after < datetime.now(UTC):
        problem = "expired"
    elif parsed.issuer == parsed.subject:
        problem = "self-signed"
    else:
        verify = (
            verify_certificate_ip_address if is_ip_address(host) else verify_certificate_hostname
        )
        try:
            verify(parsed, host)
        except (VerificationError, ValueError):
            problem = "for another name"
    return Tls(problem, not_after)
