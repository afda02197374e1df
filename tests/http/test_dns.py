"""Many names are looked up, but never all of them at once."""

from __future__ import annotations

import asyncio
from typing import cast

import dns.message
import dns.rdatatype
import dns.rrset
import pytest

from brokenlinks.http.dns import MAX_CONCURRENT_QUERIES, Dns, DnsAnswer, DnsOutcome

NAMES = [f"host-{n}.example" for n in range(3 * MAX_CONCURRENT_QUERIES)]
ANSWERING_TIME = 0.02


class SlowNameServer(asyncio.DatagramProtocol):
    """Knows every name, is slow, and counts the open queries."""

    def __init__(self) -> None:
        self.open = self.most = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.open += 1
        self.most = max(self.most, self.open)
        asyncio.get_running_loop().call_later(ANSWERING_TIME, self._answer, data, addr)

    def _answer(self, data: bytes, addr: tuple[str, int]) -> None:
        self.open -= 1
        question = dns.message.from_wire(data)
        answer = dns.message.make_response(question)
        name = question.question[0].name
        if question.question[0].rdtype == dns.rdatatype.A:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "A", "192.0.2.1"))
        self._transport.sendto(answer.to_wire(), addr)


def test_queries_at_the_same_time_are_limited() -> None:
    async def look_up() -> tuple[list[DnsAnswer], int]:
        loop = asyncio.get_running_loop()
        transport, server = await loop.create_datagram_endpoint(
            SlowNameServer, local_addr=("127.0.0.1", 0)
        )
        port = transport.get_extra_info("sockname")[1]
        names = Dns([f"127.0.0.1:{port}"])
        answers = await asyncio.gather(*map(names.addresses, NAMES))
        transport.close()
        return answers, server.most

    answers, most = asyncio.run(look_up())
    assert {answer.outcome for answer in answers} == {DnsOutcome.OK}
    assert most <= MAX_CONCURRENT_QUERIES


@pytest.mark.parametrize("server", ["192.0.2.1:99999", "192.0.2.1:0", "192.0.2.1:\u00b2", "dns"])
def test_a_name_server_that_cannot_be_asked_is_refused(server: str) -> None:
    with pytest.raises(ValueError, match=f"'{server}' is not an address or address:port"):
        Dns([server])
