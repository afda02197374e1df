"""The loopback web's own name server, with every way a name can fail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
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
SOA = "ns.invalid. hostmaster.invalid. 1 3600 600 86400 60"
"""The zone of every name that exists: here each name is a zone of its own."""
DEFAULT_NAME_SERVERS = ("ns.invalid",)
NO_ADDRESS, SERVFAIL, REFUSED, SILENT = "no address", "servfail", "refused", "silent"
"""In place of an address: the name exists without one, the server fails, refuses, never answers."""


@dataclass(frozen=True, slots=True)
class DnsEntry:
    """The DNS records of one name; `address` may be one of the failures above."""

    address: str
    cname: str = ""
    name_servers: tuple[str, ...] = DEFAULT_NAME_SERVERS


class NameServer(asyncio.DatagramProtocol):
    """Answers from `zone` (host to address, failure or whole entry); all else is NXDOMAIN.

    A name above a host of the zone exists too, as in the real DNS.
    """

    def __init__(self, zone: Mapping[str, str | DnsEntry]) -> None:
        self._zone = {
            name: value if isinstance(value, DnsEntry) else DnsEntry(value)
            for name, value in zone.items()
        }
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

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        entry = self._zone.get(name, DnsEntry(NO_ADDRESS if name in self._existing else ""))
        if entry.address == SILENT:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        failures = {
            "": dns.rcode.NXDOMAIN,
            SERVFAIL: dns.rcode.SERVFAIL,
            REFUSED: dns.rcode.REFUSED,
        }
        if entry.address in failures:
            answer.set_rcode(failures[entry.address])
        else:
            answer.answer.extend(_records(question, entry))
        return answer


def _records(question: dns.rrset.RRset, entry: DnsEntry) -> list[dns.rrset.RRset]:
    """Return what `entry` says to a question, a CNAME before the address it leads to."""

    def record(name: dns.name.Name, kind: str, *values: str) -> dns.rrset.RRset:
        return dns.rrset.from_text(name, TTL, "IN", kind, *values)

    if question.rdtype == dns.rdatatype.SOA:
        return [record(question.name, "SOA", SOA)]
    if question.rdtype == dns.rdatatype.NS:
        return [record(question.name, "NS", *(f"{host}." for host in entry.name_servers))]
    records = []
    named = question.name
    if entry.cname:
        named = dns.name.from_text(entry.cname)
        records.append(record(question.name, "CNAME", f"{entry.cname}."))
    if entry.address != NO_ADDRESS and question.rdtype == _kind(entry.address):
        records.append(record(named, _kind(entry.address).name, entry.address))
    return records


def _kind(address: str) -> dns.rdatatype.RdataType:
    return dns.rdatatype.AAAA if ":" in address else dns.rdatatype.A
