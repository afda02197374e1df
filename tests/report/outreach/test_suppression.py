"""The user's own list of who must not be written to, in the forms it is kept in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.report.outreach.suppression import read_do_not_contact


@pytest.mark.parametrize(
    ("line", "addresses", "domains"),
    [
        ("Malt & Sons Co. <info@malt.example>", {"info@malt.example"}, set()),
        ("Brew. Soc. Org. - letter of 4 June: ann@soc.example", {"ann@soc.example"}, set()),
        ("They said no to the test. bob@inn.example", {"bob@inn.example"}, set()),
        ("org", set(), set()),
        ("co.uk", set(), set()),
        ("*.co.uk", set(), set()),
        ("@no.", set(), set()),
        ("https://co.uk/contact", set(), set()),
        ("the other one is hops.org.", set(), set()),
        ("www.gov.uk", set(), {"www.gov.uk"}),
        ("e.g. nobody, i.e. ann, at 10.30 p.m., No. 5.", set(), set()),
        ("Email:ann@soc.example", {"ann@soc.example"}, set()),
        ("ann@soc.example/bob@inn.example", {"ann@soc.example", "bob@inn.example"}, set()),
        ("ann@soc.example|bob@inn.example", {"ann@soc.example", "bob@inn.example"}, set()),
        (
            "\u201cann@soc.example\u201d and 'bob@inn.example'",
            {"ann@soc.example", "bob@inn.example"},
            set(),
        ),
        ("Ann (ann@soc.example)", {"ann@soc.example"}, set()),
        ("ann@soc.example (not bob@inn.example)", {"ann@soc.example"}, set()),
        ("ann [at] soc.example", {"ann@soc.example"}, set()),
        ("ann(at)soc.example", {"ann@soc.example"}, set()),
        ("ann @ soc.example", {"ann@soc.example"}, set()),
        ("o'neil@soc.example", {"o'neil@soc.example"}, set()),
        ("- soc.example", set(), {"soc.example"}),
        ("\u2022 ann@soc.example!", {"ann@soc.example"}, set()),
        ("http://www.soc.example:8080/a@b", set(), {"soc.example"}),
        ("soc.example:8080/links", set(), {"soc.example"}),
        ('"Soc, Ann";"ann@soc.example";3.5.2026', {"ann@soc.example"}, set()),
        ("ann@soc.example\tSoc. Co.\tsoc.example", {"ann@soc.example"}, {"soc.example"}),
    ],
)
def test_a_line_bars_what_it_names_and_nothing_else(
    line: str, addresses: set[str], domains: set[str]
) -> None:
    listed = read_do_not_contact([line])
    assert (set(listed.addresses), set(listed.domains)) == (addresses, domains)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("co.uk", "co.uk"),
        ("please leave out hops.org.", "please leave out hops.org."),
        ("ann@soc.example and hops.org.", "hops.org."),
        ("ann@soc.example, bob@inn", "bob@inn"),
        ("ann@soc.example bob@@inn.example", "bob@@inn.example"),
        ("soc.example, all of co.uk", "all of co.uk"),
    ],
)
def test_what_was_not_understood_is_reported_with_its_line(line: str, text: str) -> None:
    problem = f"do-not-contact.txt line 2: {text!r} is neither an address nor a domain"
    assert read_do_not_contact(["# mine", line]).problems == (problem,)


@given(st.text(alphabet=st.sampled_from("abco.@ -<>,;()[]:/*'\"#\u2022"), max_size=30))
def test_any_line_is_read_and_bars_no_whole_suffix(line: str) -> None:
    listed = read_do_not_contact([line])
    assert not any(map(listed.covers_host, ("brewers.co", "hops.ac", "malt.org")))


def test_a_table_of_a_spreadsheet_bars_the_addresses_and_domains_in_its_cells() -> None:
    listed = read_do_not_contact(
        [
            "Company;Mail;Site;Note",
            '"Hops Co.";ann@soc.example;www.soc.example;"flat #3; no."',
            "Malt Org.,,inn.example,3.5.2026",
            "Bob;bob@barn",
            ";;;",
        ],
        "do-not-contact.csv",
    )
    assert listed.addresses == {"ann@soc.example"}
    assert listed.domains == {"soc.example", "inn.example"}
    assert listed.problems == (
        "do-not-contact.csv line 4: 'bob;bob@barn' is neither an address nor a domain",
    )
