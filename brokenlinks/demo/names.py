"""The loopback web's own name server: every way a name can fail, told apart on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

TTL = 60
APEX = {
    dns.rdatatype.SOA: "ns.invalid. hostmaster.invalid. 1 3600 600 86400 60",
    dns.rdatatype.NS: "ns.invalid.",
}
"""What every name that exists says of its zone: here each is its own."""
NO_ADDRESS, SERVFAIL, REFUSED, SILENT = "no address", "servfail", "refused", "silent"
"""In place of an address: the name exists without one, the server fails, refuses, never answers."""


class NameServer(asyncio.DatagramProtocol):
    """Answers from `zone` (host to address, or to one of the failures above); all else NXDOMAIN.

    A name above a host of the zone exists too, as in the real DNS.
    """

    def __init__(self, zone: Mapping[str, str]) -> None:
        self._zone = zone
        parents = {name.split(".", n)[n] for name in zone for n in range(1, name.count(".") + 1)}
        self._existing = parents | set(zone)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer one question."""
        try:
            question = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return
        answer = self._answer(question)
        if answer is not None:
            self._transport.sendto(answer.to_wire(), addr)

    def _answer(self, question: dns.message.Message) -> dns.message.Message | None:
        asked = question.question[0]
        name = asked.name.to_text(omit_final_dot=True).lower()
        found = self._zone.get(name, NO_ADDRESS if name in self._existing else "")
        if found == SILENT:
            return None
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.AA | dns.flags.RA
        failures = {
            "": dns.rcode.NXDOMAIN,
            SERVFAIL: dns.rcode.SERVFAIL,
            REFUSED: dns.rcode.REFUSED,
        }
        if found in failures:
            answer.set_rcode(failures[found])
        elif asked.rdtype in APEX:
            kind = dns.rdatatype.to_text(asked.rdtype)
            answer.answer.append(
                dns.rrset.from_text(asked.name, TTL, "IN", kind, APEX[asked.rdtype])
            )
        elif found != NO_ADDRESS and asked.rdtype == _kind(found):
            answer.answer.append(
                dns.rrset.from_text(asked.name, TTL, "IN", _kind(found).name, found)
            )
        return answer


def _kind(address: str) -> dns.rdatatype.RdataType:
    return dns.rdatatype.AAAA if ":" in address else dns.rdatatype.A
