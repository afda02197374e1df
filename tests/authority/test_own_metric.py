"""The person's own numbers, as tools export them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.authority.own_metric import OwnMetricError, read_own_metric
from brokenlinks.models.lookups import OwnMetric

TABLE = "Domain,DR\nexample.org,71\nwww.hops.example,12.5\n"


def read(folder: Path, content: str | bytes) -> OwnMetric:
    path = folder / "mine.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_own_metric(path)


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace(",", ";").replace(".5", ",5").replace("\n", "\r\n"),
        "\n\n" + TABLE + "\n,\nno number.example,n/a\n, 7\n10.0.0.1,9\nshort\n",
    ],
)
def test_separators_and_encodings(tmp_path: Path, content: str | bytes) -> None:
    own = read(tmp_path, content)
    assert (own.file, own.column, own.lower_is_better) == ("mine.csv", "DR", False)
    assert own.by_domain == {"example.org": 71.0, "hops.example": 12.5}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Target,URL Rating,Domain Rating,Ahrefs Rank", "Domain Rating"),
        ("Host,Spam Score,DA,PA", "DA"),
        ("Referring domain,Notes,Rating,Score", "Rating"),
        ("website,Domain authority,x,y", "Domain authority"),
        ("URL,x,PageRank,y", "PageRank"),
        ("x,y,Site,Score", "Score"),
        ("RefDomain,SpamScore,DomainRating,PageAuthority", "DomainRating"),
        ("referring_domain,page_authority,domain_authority,x", "domain_authority"),
        ("Item,ItemType,CitationFlow,TrustFlow", "TrustFlow"),
    ],
)
def test_the_columns_are_found_by_their_names(tmp_path: Path, heading: str, column: str) -> None:
    names = heading.split(",")
    site = names.index("Site") if "Site" in names else 0
    cells = ["1", "2", "3", "4"]
    cells[site] = "https://shop.hops.example/a?b=c"
    own = read(tmp_path, f"{heading}\n{','.join(cells)}\n")
    assert own.column == column
    assert own.by_domain == {"hops.example": float(names.index(column) + 1)}


@pytest.mark.parametrize(
    "content",
    [
        "Domain ascore,Domain,Backlinks\n54,a.example,12\n31,b.example,2\n",
        "Domain ascore,Domain,Authority Score\n54,a.example,54\n31,b.example,31\n",
        "domain;DA\na.example;54%\nb.example;31 %\n",
        "domain;DA\na.example;54/100\nb.example;31/100\n",
        "Page title,Source url,Domain rating\nBees,http://a.example/x,54\nWax,http://b.example/,31\n",
        "sep=;\ndomain;DR\na.example;54\nb.example;31\n",
        '"Referring domains, 28 Feb"\n\nTarget: c.example\nDomain,DR\na.example,54\nb.example,31\n',
    ],
)
def test_exports_of_tools_are_read_by_what_their_cells_hold(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content).by_domain == {"a.example": 54.0, "b.example": 31.0}


def test_a_rank_is_best_first_and_the_best_of_several_rows_counts(tmp_path: Path) -> None:
    rows = 'domain;Rank\na.example;"1,234,567"\nb.a.example;90\nb.example;4\n'
    own = read(tmp_path, rows)
    assert (own.lower_is_better, own.by_domain) == (True, {"a.example": 90.0, "b.example": 4.0})
    by_rating = read(tmp_path, rows.replace("Rank", "Rating"))
    assert by_rating.by_domain["a.example"] == 1_234_567.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("\nName,DR\nx,1\n", r"line 2: it needs a column named domain.*'Name, DR'"),
        ("Domain,Notes\na.example,1\n", "line 1: it needs a column of numbers named DR"),
        ("Domain,DR\na.example,high\n", "line 1: it needs a column of numbers named DR"),
        ("Domain,DR\nlocalhost,7\n", "line 2: no row has domain and number"),
        (b"Domain,DR\na.example,1\n\xff\xe4.example,2\n", "line 3: not UTF-8; save"),
        (b"\xff\xfeD\x00o\x00x", "line 1: not UTF-16; save"),
        ('Domain,DR\n"x,1\n', "line 2: not CSV"),
    ],
)
def test_what_is_missing_is_said_with_file_and_line(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(OwnMetricError, match=rf"mine\.csv.*{said}"):
        read(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OwnMetricError, match=r"none\.csv cannot be read: No such file"):
        read_own_metric(tmp_path / "none.csv")


@given(st.binary(max_size=200) | st.text(alphabet="domain,DR;\t\n1.\"'", max_size=200))
def test_whatever_is_in_the_file_is_numbers_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    try:
        said = "" if read(tmp_path_factory.getbasetemp(), content).by_domain else "nothing"
    except OwnMetricError as error:
        said = str(error)
    assert said != "nothing"
    assert "\n" not in said
