"""What a server's certificate says of itself. Seen, never enforced: trouble with TLS is a field."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from brokenlinks.http.response import Tls
from brokenlinks.text.urls import is_ip_address

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def tls_of(certificate: Certificate, host: str) -> Tls:
    """Tell whether a certificate is in date, vouched for by another and made for `host`."""
    from service_identity import VerificationError  # noqa: PLC0415 - only where there is TLS
    from service_identity.cryptography import (  # noqa: PLC0415
        verify_certificate_hostname,
        verify_certificate_ip_address,
    )

    not_after = certificate.not_valid_after_utc
    problem = ""
    if not_after < datetime.now(UTC):
        problem = "expired"
    elif certificate.issuer == certificate.subject:
        problem = "self-signed"
    else:
        verify = (
            verify_certificate_ip_address if is_ip_address(host) else verify_certificate_hostname
        )
        try:
            verify(certificate, host)
        except (VerificationError, ValueError):
            problem = "for another name"
    return Tls(problem, not_after)
