"""Small files and answers in the forms that the world sends, all words and names invented."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

from openpyxl import Workbook

SEEDS_TEXT = """\
# Clubs, from the mail of 3 May
http://hopclub.example/links
Ann's list: https://maltings.example/pages/resources.html (the old one), www.brewdad.example
• kegs.example/useful-links/
<https://stammw\u00fcrze.example/links?seite=2>  # in German
"""
SCREAMING_FROG = """\
"Internal - All"
"Address","Content Type","Status Code","Status","Title 1","H1-1","Word Count","Inlinks"
"https://brewhelp.example/guides/hops","text/html; charset=UTF-8","200","OK","Hops, a guide",\
"Hops","1204","14"
"https://brewhelp.example/guides/yeast","text/html","200","OK","Yeast, ""dry"" or wet","Yeast","8"
"""
AHREFS_BACKLINKS = "\r\n".join(
    "\t".join(f'"{cell}"' for cell in row)
    for row in (
        ("Referring page title", "Referring page URL", "Domain rating", "Target URL", "First seen"),
        ("Links \u2013 hop club", "https://hopclub.example/links", "31", "https://x.example/", ""),
        ("Brauwelt: Verweise", "http://brauwelt.example/w", "8.5", "https://x.example/a", "2024"),
    )
)
SEMRUSH_BACKLINKS = """\
Page ascore,Source title,Source url,Target url,Anchor,External links,Nofollow,First seen
12,Useful links,http://kegs.example/links,https://rival.example/,rival,40,FALSE,2023-04-01
3,"Clubs, shops",http://malt.example/clubs,https://rival.example/kits,kits,12,TRUE,2022-11-30
"""
SEARCH_CONSOLE = """\
Top pages;Clicks;Impressions;CTR;Position
https://brewhelp.example/guides/hops;44;1.071;4,1%;13,5
https://brewhelp.example/;12;380;3,2%;8,1
"""
JSON_LINES = """\
{"url": "http://hopclub.example/links", "title": "Links", "status": 200}
"https://maltings.example/resources"
{"url": null}
"""
OPML = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1"><head><title>Subscriptions</title></head><body>
<outline text="Brewing" title="Brewing">
<outline type="rss" text="Hop club" xmlUrl="http://hopclub.example/feed/"
 htmlUrl="http://hopclub.example/?a=1&amp;b=2"/>
<outline type="rss" text="Maltings" xmlUrl="https://maltings.example/rss.xml"/>
</outline></body></opml>
"""
RATINGS = """\
Domain;Domain Rating;Dofollow ref. domains
hopclub.example;31,5;1.204
https://www.maltings.example/;8;12
*.kegs.example;71/100;3
"""
DO_NOT_CONTACT_TEXT = """\
# Who wrote back, 2026
Ann Lee <ann@hopclub.example>, asked on 3 May
maltings.example
https://www.kegs.example/contact (form)
owner (at) brewdad.example ; "stammw\u00fcrze.example"
"""
DO_NOT_CONTACT_TABLE = """\
Name;Address;Remark
"Lee, Ann";ann@hopclub.example;no mail
Malt Ltd.;maltings.example;"sold; ask in 2027"
"""
WEIGHTS = """\
# My own weights
[weights]
relevance = 0.3
"""
HOSTS = "127.0.0.1\tlocalhost\n::1 ip6-localhost\n192.0.2.7 club.example www.club.example # test\n"
ROBOTS = """\
# robots.txt of a shop
User-agent: *
Crawl-delay: 2.5
Request-rate: 1/5s 0900-1730
Disallow: /cart
Disallow: /*?sort=
Allow: /cart/help$
Visit-time: 0600-0845

User-agent: ResourceCheck
User-agent: AdsBot-Google
Disallow: /private%2Fpages/
Crawl-delay: 1

Sitemap: http://club.example/sitemap.xml
Sitemap: /sitemap-news.xml.gz
"""
SITEMAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/main-sitemap.xsl"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>http://club.example/links</loc><lastmod>2026-01-02T03:04:05+00:00</lastmod>
<image:image><image:loc>http://club.example/hops.jpg</image:loc></image:image></url>
<url><loc><![CDATA[http://club.example/g\u00e4rung?a=1&b=2]]></loc><priority>0.8</priority></url>
</urlset>
"""
SITEMAP_INDEX = """\
<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://club.example/post-sitemap.xml</loc><lastmod>2026-01-02</lastmod></sitemap>
<sitemap><loc>http://club.example/page-sitemap.xml.gz</loc></sitemap>
</sitemapindex>
"""
RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Hop club</title>
<atom:link href="http://club.example/feed/" rel="self" type="application/rss+xml"/>
<item><title>Kegs</title><link>http://club.example/kegs</link>
<guid isPermaLink="false">7</guid></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Hop club</title><entry><title>Kegs</title>
<link rel="alternate" href="http://club.example/kegs"/><link rel="edit" href="/e/7"/></entry></feed>
"""
CDX = """\
example,hops)/guide 20190101000000 http://hops.example/guide text/html 200 \
B3QTSVDZ5WKJMDYVYZQTHMQ4YJ2DSEVV 4312
example,hops)/guide 20200514093000 http://www.hops.example:80/guide warc/revisit - \
B3QTSVDZ5WKJMDYVYZQTHMQ4YJ2DSEVV 512
example,hops)/guide 20210304050607 https://hops.example/guide?a=b text/html 200 \
QTSVDZ5WKJMDYVYZQTHMQ4YJ2DSEVVB3 4400
example,hops)/guide 20220304050607 https://hops.example/guide unk 301 \
3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ 340
example,hops)/guide 20230101000000 https://hops.example/guide text/html 404 \
ZKYAYSCX5QBYJ3I42H3S6NNFQ2MSVX7X 900
"""
CDXJ = "\n".join(
    f"example,hops)/guide {timestamp} {json.dumps(fields)}"
    for timestamp, fields in (
        (
            "20190514093000",
            {
                "url": "http://hops.example/guide",
                "mime": "text/html",
                "status": "200",
                "digest": "JMDYVYZQTHMQ4YJ2DSEVVB3QTSVDZ5WK",
                "length": "4312",
                "offset": "12345",
                "filename": "crawl-00007.warc.gz",
            },
        ),
        ("20200101000000", {"url": "http://hops.example/guide", "mime": "warc/revisit"}),
    )
)
COLLINFO = json.dumps(
    [
        {
            "id": f"CC-MAIN-{year}-{week}",
            "name": f"Index of {year}",
            "timegate": f"http://index.example/CC-MAIN-{year}-{week}/",
            "cdx-api": f"http://index.example/CC-MAIN-{year}-{week}-index",
            "from": f"{year}-01-01T00:00:00",
        }
        for year, week in ((2025, "08"), (2024, "51"), (2024, "10"), (2023, "50"))
    ]
)
COMMON_CRAWL_INDEX = "\n".join(
    json.dumps(
        {
            "urlkey": "example,hops)/guide",
            "timestamp": f"20{year}0304050607",
            "url": "http://hops.example/guide",
            "mime": "text/html",
            "mime-detected": "text/html",
            "status": "200",
            "digest": "QTSVDZ5WKJMDYVYZQTHMQ4YJ2DSEVVB3",
            "length": "1500",
            "offset": "1069",
            "filename": f"crawl-data/CC-MAIN-20{year}-10/segments/1/warc/CC-MAIN-1-00007.warc.gz",
            "languages": "eng",
            "encoding": "UTF-8",
        }
    )
    for year in (23, 24)
)
PAGE = """\
<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Useful links \u2013 Hop club</title>
<base href="/"><link rel="canonical" href="http://club.example/links">
<meta name="description" content="Sites on home brewing that we like">
<meta property="article:modified_time" content="2024-05-06T07:08:09+00:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Organization",
 "name": "Hop club", "url": "http://club.example/", "email": "mailto:office@club.example",
 "contactPoint": [{"@type": "ContactPoint", "contactType": "editor"}]}</script></head>
<body class="page"><nav id="menu"><ul><li><a href="/contact.html">Contact</a></li></ul></nav>
<div id="content"><h1>Home brewing links</h1><p>Last updated: 3 May 2024</p>
<ul><li><a href="http://hops.example/guide">Hop guide</a> \u2013 storage and varieties</li>
<li><a href="https://www.google.com/url?q=http%3A%2F%2Fmalt.example%2F&amp;sa=D">Malt</a></li>
<li><a href='http://yeast.example/a?b=1&c=2#d' rel="nofollow">Yeast</a></li></ul>
<iframe src="/list.html" width="600"></iframe>
<p>Write to <a href="mailto:ann%40club.example?subject=Links">Ann</a> or
<a href="/cdn-cgi/l/email-protection#543535153a3a7a3138">[email&#160;protected]</a>.</p>
<form action="/search"><input type="text" name="q" value="hops"></form>
<table width=90%><tr><td><font size=2>\u00a9 2024 Hop club</font></td></tr></table>
</div></body></html>
"""
WARC_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-04T05:06:07Z\r\n"
    b"WARC-Target-URI: http://hops.example/guide\r\nContent-Type: application/http\r\n"
    b"Content-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\nServer: nginx\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nX-Crawler-content-encoding: gzip\r\n"
    b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n" + PAGE.encode()
)
RDAP_BOOTSTRAP = json.dumps(
    {
        "version": "1.0",
        "publication": "2026-11-01T00:00:00Z",
        "description": "RDAP bootstrap file for Domain Name System registrations",
        "services": [
            [["org", "net"], ["https://rdap.org.example/", "http://rdap.org.example/"]],
            [["example"], ["https://rdap.example.example/rdap/"]],
        ],
    }
)
RDAP_DOMAIN = json.dumps(
    {
        "rdapConformance": ["rdap_level_0", "icann_rdap_response_profile_1"],
        "objectClassName": "domain",
        "handle": "2336799_DOMAIN-EX",
        "ldhName": "HOPS.EXAMPLE",
        "links": [
            {"value": "https://rdap.example.example/rdap/domain/HOPS.EXAMPLE", "rel": "self"}
        ],
        "status": ["client transfer prohibited", "active"],
        "events": [
            {"eventAction": "registration", "eventDate": "1995-08-14T04:00:00Z"},
            {"eventAction": "expiration", "eventDate": "2027-08-13T04:00:00Z"},
            {"eventAction": "last changed", "eventDate": "2026-08-14T07:01:44.000+02:00"},
        ],
        "entities": [
            {"objectClassName": "entity", "roles": ["registrar"], "vcardArray": ["vcard"]}
        ],
        "secureDNS": {"delegationSigned": False},
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.HOPS.EXAMPLE"}],
    }
)
RDAP_NOT_FOUND = json.dumps({"errorCode": 404, "title": "Not Found", "description": ["No domain"]})
_RESULTS = [
    {"url": f"http://club{n}.example/links", "title": f"Links {n}", "content": "home brewing"}
    for n in range(3)
]
SEARCH_ANSWERS = {
    "wikipedia": {
        "batchcomplete": True,
        "continue": {"eloffset": "500", "continue": "||"},
        "query": {
            "pages": [
                {
                    "pageid": 7,
                    "ns": 0,
                    "title": "Homebrewing",
                    "index": 1,
                    "extlinks": [{"url": "http://hops.example/guide"}, {"url": "//malt.example/"}],
                }
            ]
        },
        "parse": {
            "title": "Homebrewing",
            "links": [{"ns": 0, "title": "Yeast", "exists": True}],
            "sections": [{"toclevel": 1, "line": "Brewing <i>kits</i>", "index": "1"}],
        },
    },
    "mwmbl": {"number_of_results": 3, "results": _RESULTS},
    "searxng": {
        "query": "home brewing",
        "number_of_results": 0,
        "results": _RESULTS,
        "suggestions": [],
        "unresponsive_engines": [["bing", "timeout"]],
    },
    "brave": {
        "type": "search",
        "query": {"original": "home brewing"},
        "web": {"type": "search", "results": [{**r, "description": "kits"} for r in _RESULTS]},
    },
    "tavily": {"query": "home brewing", "results": _RESULTS, "response_time": 1.2},
    "serper": {
        "searchParameters": {"q": "home brewing"},
        "organic": [
            {"title": r["title"], "link": r["url"], "snippet": "kits", "position": 1}
            for r in _RESULTS
        ],
    },
    "marginalia": {
        "license": "CC-BY-NC-SA 4.0",
        "results": [{**r, "description": "kits", "quality": 3.1} for r in _RESULTS],
    },
    "citations": {
        "batchcomplete": True,
        "continue": {"euoffset": "500", "continue": "-||"},
        "query": {"exturlusage": [{"pageid": 7, "ns": 0, "title": "Hops", "url": "http://h/"}]},
    },
}
OPEN_PAGERANK = json.dumps(
    {
        "status_code": 200,
        "response": [
            {
                "status_code": 200,
                "error": "",
                "page_rank_integer": 5,
                "page_rank_decimal": 4.83,
                "rank": "6702",
                "domain": "hops.example",
            },
            {"status_code": 404, "error": "Domain not found", "domain": "malt.example"},
        ],
        "last_updated": "1st Nov 2026",
    }
)
AHREFS_RATING = json.dumps({"domain_rating": {"domain_rating": 71.0, "ahrefs_rank": 2000}})
GRAPHS = json.dumps(
    [{"id": "cc-main-2026-may-jul", "crawls": ["CC-MAIN-2026-22"], "stats": {"domain": {"n": 1}}}]
)
RANKS = (
    "#harmonicc_pos\t#harmonicc_val\t#pr_pos\t#pr_val\t#host_rev\t#n_hosts\n"
    "1\t2.9e7\t3\t0.0094\texample.hops\t3608\n"
    "2\t2.8e7\t1\t0.0128\texample.malt\t2\n"
)
HEADERS = """\
Date: Mon, 23 Nov 2026 06:00:00 GMT
Content-Type: text/html; charset=utf-8
Location: https://club.example/neu?a=1
Retry-After: Mon, 23 Nov 2026 06:05:00 GMT
Set-Cookie: id=a3fWa; Expires=Thu, 31 Oct 2030 07:28:00 GMT; Secure; HttpOnly
Set-Cookie: theme=dark; Path=/
Content-Encoding: gzip
X-Robots-Tag: noindex
"""
LINKS = """\
../guide.html?a=1&b=g\u00e4rung#top
//www.hops.example:8080/%7Ejo/./x/../y%20z.htm
HTTP:\\\\stammw\u00fcrze.example.\\links
https://user:pass@[2001:db8::1]:443/a;b=c
http://0x7f.1/
Ann's list: www.brewdad.example/links, (see kegs.example)
https://www.google.com/url?q=http%3A%2F%2Fmalt.example%2F&sa=D
https://www.bing.com/ck/a?u=a1aHR0cDovL21hbHQuZXhhbXBsZS8&ntb=1
https://urldefense.com/v3/__http://malt.example/*a__;Iw!!x
https://r.search.yahoo.com/_ylt=A/RU=http%3a%2f%2fmalt.example%2f/RK=2/
http://club.example/out.php?link=http://malt.example/
"""
ARGUMENTS = {
    "niche": "Home Brewing",
    "terms": "mash tun, hop-picking, Stammw\u00fcrze, \u81ea\u5bb6\u91b8\u9020",
    "exclude": "wine, kit car",
    "lang": "en",
    "providers": "wikipedia,earlier",
    "urls": "http://hopclub.example/links www.brewdad.example/a%2Cb,https://kegs.example",
    "max_pages": "200",
    "max_depth": "2",
}
TEXTS_OF_A_LINK = (
    "Useful links \u2013 Hop club",
    "Clubs & shops",
    "The hop guide",
    "All about storage: The hop guide, with varieties",
    "Ann Lee",
)
"""Title, heading, anchor, the words around it, and whom to write to."""
SETTINGS = {
    "DNS_NAMESERVERS": "192.0.2.1:53,[2001:db8::1]:53",
    "ALLOWED_NETWORKS": "10.0.0.0/8,fd00::/8",
    "CONNECTIVITY_URLS": "https://a.example/,https://b.example/",
    "RDAP_SERVERS": '{"com": "https://rdap.example/com/v1/"}',
    "WIKIPEDIA_URL": "https://{language}.wikipedia.example/w/api.php",
    "CLOCK": "2026-11-23T06:00:00+00:00",
    "PROBE_TIMEOUT": "20.5",
    "PROBE_MAX_BYTES": "300000",
    "ROBOTSTXT_OBEY": "True",
    "WORKBOOK_NAME": "my list",
    "JOURNAL_URL": "sqlite:///output/journal.sqlite",
    "OUTREACH_SENDER": "Jo Brewer, brewhelp.example",
    "MARGINALIA_API_KEY": "public",
    "SUMMARY": "full",
}


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a file as spreadsheet programs save it: a sheet of notes, and one with the rows."""
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = "Filters"
    notes.append(("Date", 45000.0))
    sheet = book.create_sheet("Pages")
    for row in rows:
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


WORKBOOK = workbook(
    ("Top pages", "Clicks", "Title"),
    ("https://brewhelp.example/guides/hops", 44, "Hops, a guide"),
    ("https://brewhelp.example/", 12.0, None),
)


def gzipped(content: bytes) -> bytes:
    """Compress as servers do, the same bytes each time."""
    return gzip.compress(content, mtime=0)
