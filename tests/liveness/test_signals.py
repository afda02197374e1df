"""Error pages, parked domains, spam and placeholders are told from pages that speak of them."""
# ruff: noqa: RUF001 (texts in many scripts)

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokenlinks.liveness import signals
from brokenlinks.liveness.signals.error_pages import (
    error_passage,
    error_path,
    error_phrase,
    error_shell,
)
from brokenlinks.liveness.signals.parking import (
    parked_markup,
    parked_phrase,
    parking_address,
    parking_cname,
    parking_name_server,
    parking_redirect,
)
from brokenlinks.liveness.signals.placeholders import Placeholder, placeholder
from brokenlinks.liveness.signals.spam import SpamTerms, find_spam_terms

DATA = (
    "error_phrases.toml",
    "error_paths.toml",
    "parking.toml",
    "spam.toml",
    "placeholders.toml",
    "error_shells.toml",
    "error_sentences.toml",
)

ERROR_HEADINGS = [
    "404",
    "404.",
    "Error 404",
    "404 Error",
    "HTTP 404",
    "404 Not Found",
    "410 Gone",
    "404 | My Site",
    "Page not found – My Site",
    "My Site: Page not found",
    "My Site » Page not found",
    "Page Not Found - Ministry of Education and Culture",
    "Oops! That page can’t be found.",
    "Oops! Page not found",
    "404: This page could not be found",
    "404 - File or directory not found.",
    "HTTP Status 404 – Not Found",
    "Sorry, this page isn't available.",
    "The page you are looking for doesn't exist or has been moved.",
    "The requested URL was not found on this server.",
    "Nothing found",
    "This product is no longer available",
    "Article no longer available | The Daily Herald",
    "This listing has expired",
    "Page not found - Stack Overflow",
    "Error 404 (Not Found)!!1",
    "Page not found - Example",
    "Seite nicht gefunden - Freiwillige Feuerwehr",
    "Fehler 404: Seite nicht gefunden",
    "Die angeforderte Seite wurde nicht gefunden",
    "Dieser Artikel ist leider nicht mehr verfügbar",
    "Page introuvable | Ville de Lyon",
    "PAGE NON TROUVEE",
    "Erreur 404 - Page non trouvée",
    "Cette page n’existe plus",
    "Página no encontrada - El Mundo",
    "La página que buscas no existe",
    "Pagina non trovata | Comune di Roma",
    "Pagina niet gevonden",
    "Nie znaleziono strony",
    "Błąd 404 - strona nie została znaleziona",
    "Página não encontrada",
    "Sidan kunde inte hittas",
    "Stránka nenalezena",
    "Страница не найдена — Музей",
    "Ошибка 404",
    "ページが見つかりません",
    "お探しのページは見つかりませんでした。",
    "404错误",
    "抱歉，您访问的页面不存在",
    "找不到頁面",
    "Siden blev ikke fundet",
    "Siden finnes ikke",
    "Sivua ei löytynyt",
    "Az oldal nem található",
    "Pagina nu a fost găsită",
    "SAYFA BULUNAMADI",
    "Сторінку не знайдено",
    "Η ΣΕΛΙΔΑ ΔΕΝ ΒΡΕΘΗΚΕ",
    "페이지를 찾을 수 없습니다",
]

LIVING_HEADINGS = [
    "",
    "How to design a 404 page",
    "Highway 404 - Toronto",
    "Page not found: 20 great designs",
    "Page not found – 20 great designs",
    "404 Error Explained | Blog",
    "404 Errors | Knowledge base",
    "Page Not Found (film) - Wikipedia",
    "Peugeot 404",
    "Peugeot: 404",
    "404: The Movie",
    "Not Found: A Novel",
    "Gone",
    "Error",
    "Sorry",
    "Sorry | Justin Bieber",
    "Lost and found",
    "Why do I get a 404 not found error?",
    "Page not found | How to fix it",
    "Page not found · Issue #12 · acme/site",
    "The page you are looking for a job on",
    "Wie man eine 404-Seite gestaltet",
    "Seite nicht gefunden - so beheben Sie den Fehler",
    "Comment créer une page 404",
    "Page introuvable : pourquoi et que faire",
    "Cómo solucionar el error 404",
    "Página no encontrada: ejemplos",
    "Come risolvere l'errore 404",
    "Pagina niet gevonden? Zo los je het op",
    "Jak naprawić błąd 404",
    "Como corrigir o erro 404",
    "Ошибка 404: что это и как исправить",
    "404エラーとは",
    "404页面如何设计",
    "Missing persons not found after the flood",
    "Water found on Mars",
]


@pytest.mark.parametrize("heading", ERROR_HEADINGS)
def test_headings_that_are_error_phrases(heading: str) -> None:
    assert error_phrase(heading)


@pytest.mark.parametrize("heading", LIVING_HEADINGS)
def test_headings_that_are_not(heading: str) -> None:
    assert error_phrase(heading) == ""


def test_a_known_site_name_may_be_long_or_stand_behind_a_colon() -> None:
    name = "The Royal Society for the Protection of Rare Birds"
    assert error_phrase(f"Page not found - {name}") == ""
    assert error_phrase(f"Page not found - {name}", site_names=[name]) == "page not found"
    assert error_phrase(f"404: {name}", site_names=[name.upper()]) == "404"


@settings(deadline=None)  # the first call loads the data
@given(
    st.sampled_from(ERROR_HEADINGS + LIVING_HEADINGS), st.sampled_from(["", " ", "\n", "!", "…"])
)
def test_case_and_what_surrounds_a_heading_do_not_matter(heading: str, around: str) -> None:
    expected = bool(error_phrase(heading))
    assert bool(error_phrase(heading.upper())) == expected
    assert bool(error_phrase(heading.lower())) == expected
    assert bool(error_phrase(f"{around}{heading}{around}")) == expected


@settings(deadline=None)  # the first call loads the data
@given(st.text())
def test_no_reading_of_any_text_fails(text: str) -> None:
    assert isinstance(error_phrase(text, site_names=[text]), str)
    assert isinstance(parked_phrase(text, text, text, 3), str)
    assert isinstance(parked_markup(text) + error_shell(text), str)
    assert isinstance(find_spam_terms(text), SpamTerms)
    placeholder({"server": text}, text, text, text, 3)
    error_path(text)
    parking_redirect(text, f"http://{text}")
    parking_address([text])
    parking_name_server([text])
    parking_cname(text)


@settings(deadline=None)  # the first call loads the data
@given(st.text(alphabet=st.characters(exclude_categories=["L", "N"])))
def test_text_without_letters_and_digits_is_no_error_phrase(text: str) -> None:
    assert error_phrase(text) == ""


@settings(deadline=None)  # the first call loads the data
@given(st.text(alphabet="qwzjkv ", max_size=200))
def test_meaningless_letters_say_nothing(text: str) -> None:
    assert error_phrase(text) == ""
    assert parked_phrase(text, text, text, 3) == ""
    assert not find_spam_terms(text)
    assert placeholder({}, text, text, text, 3) is None


def test_a_sentence_of_the_text_may_be_an_error_phrase() -> None:
    said = ("Information", "Sorry. The requested topic does not exist! Go back.")
    assert error_passage(said) == "the requested topic does not exist"
    assert error_passage(("Room 404", "404", "The lost chapter, and how it was found")) == ""


@pytest.mark.parametrize(
    ("url", "segment"),
    [
        ("https://a.example/404", "404"),
        ("https://a.example/404.html?from=/x", "404.html"),
        ("https://a.example/en/Page-Not-Found/", "page-not-found"),
        ("https://a.example/seite-nicht-gefunden", "seite-nicht-gefunden"),
        ("https://a.example/errors/notfound.aspx", "notfound.aspx"),
        ("https://a.example/", ""),
        ("https://a.example/blog/404-page-design", ""),
        ("https://a.example/route-404/", ""),
        ("https://404.example/page", ""),
        ("https://a.example/?p=404", ""),
    ],
)
def test_error_paths(url: str, segment: str) -> None:
    assert error_path(url) == segment


def test_parking_services_are_known_by_their_dns() -> None:
    assert parking_name_server(["ns1.example.net", "NS2.SedoParking.com."])
    assert parking_cname("parkingpage.namecheap.com") == "parkingpage.namecheap.com"
    assert parking_address(["192.0.2.1", "91.195.240.94"]) == "91.195.240.94"


@pytest.mark.parametrize(
    "host",
    ["ns1.brainydns.com", "ns3.cnomy.com.", "expired-domain-ns1.directnic.com", "ns1.namefind.com"],
)
def test_services_found_by_research_on_parking_are_known(host: str) -> None:
    assert parking_name_server([host])


def test_addresses_of_parking_services_are_known() -> None:
    assert parking_address(["199.59.243.225"])
    assert parking_address(["208.91.197.27"])


@pytest.mark.parametrize(
    "host",
    [
        "dns1.registrar-servers.com",
        "ns1.name.com",
        "ns01.domaincontrol.com",
        "ns1.dnsowl.com",
        "amy.ns.cloudflare.com",
        "ns1.notbodis.com",
        "ns1.directnic.com",
        "ns1.sav.com",
        "verify-contact-details.namecheap.com",
        "ns-1.awsdns-00.org",
    ],
)
def test_default_name_servers_are_no_parking(host: str) -> None:
    assert parking_name_server([host]) == ""
    assert parking_cname(host) == ""


def test_shared_addresses_are_no_parking() -> None:
    assert parking_address(["8.8.8.8", "3.33.130.190", "2001:db8::1", "nonsense"]) == ""


@pytest.mark.parametrize(
    ("asked", "final", "found"),
    [
        ("http://a.com/x", "https://www.hugedomains.com/domain_profile.cfm?d=a", "hugedomains.com"),
        ("http://a.com/x", "https://www.godaddy.com/forsale/a.com", "godaddy.com/forsale"),
        ("http://a.com/x", "https://ww25.a.com/x?subid1=20261101", "ww25.a.com"),
        ("http://www.a.com/x", "http://ww1.a.com/", "ww1.a.com"),
        ("http://a.com/x", "http://ww2.a.com/?usid=25&utid=1", "ww2.a.com"),
        ("http://a.com/x", "http://a.com/lander", "/lander"),
        ("http://a.com/x", "https://ww2.a.com/x", ""),
        ("http://www.a.com/sheets/1.pdf", "http://ww1.a.com/sheets/1.pdf", ""),
        ("http://a.com/x", "https://www.grit.com/x", ""),
        ("http://ww1.a.com/x", "http://ww1.a.com/y", ""),
        ("http://a.com/lander", "https://www.a.com/lander", ""),
        ("http://a.com/x", "https://www.godaddy.com/help", ""),
        ("http://a.com/x", "https://www.b.com/lander", ""),
        ("https://dan.com/x", "https://www.afternic.com/x", ""),
        ("https://sedo.com/x", "https://sedo.com/y", ""),
        ("http://jordan.com/", "https://www.jordan.com/home", ""),
    ],
)
def test_redirects_to_landers(asked: str, final: str, found: str) -> None:
    assert parking_redirect(asked, final) == found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("example.com is for sale | HugeDomains", ""),
        ("This domain is for sale", ""),
        ("", "Buy this domain. The domain acme.org may be for sale by its owner!"),
        ("acme.org", "This Web page is parked FREE, courtesy of GoDaddy.com"),
        ("Diese Domain steht zum Verkauf", ""),
        ("", "Ce nom de domaine est à vendre"),
        ("", "Este dominio está en venta"),
        ("", "Questo dominio è in vendita"),
        ("Deze domeinnaam is te koop", ""),
        ("", "Ta domena jest na sprzedaż"),
        ("", "Este domínio está à venda"),
        ("", "Этот домен продаётся"),
        ("本域名出售", ""),
        ("", "This domain has recently been registered with Namecheap."),
        ("", "Denna domän är parkerad hos Loopia"),
        ("", "Deze domeinnaam is geregistreerd"),
        ("", "Tato doména je zaregistrována"),
    ],
)
def test_parked_phrases(title: str, text: str) -> None:
    assert parked_phrase(title, "", text, 40)


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("How to tell whether this domain is for sale", "", 900),
        ("Domain names: a history", "Years ago a page said buy this domain.", 900),
        ("Houses for sale in Kent", "Cottages for sale", 100),
        ("Buy Amazon.com gift cards", "", 100),
        ("Parking in Lyon", "The car is parked.", 50),
        ("Warum steht diese Domain zum Verkauf?", "", 700),
    ],
)
def test_pages_that_only_speak_of_domains(title: str, text: str, words: int) -> None:
    assert parked_phrase(title, "", text, words) == ""


@pytest.mark.parametrize(
    ("source", "service"),
    [
        ('<script src="https://www.google.com/adsense/domains/caf.js?abp=1">', "Google"),
        ('<!DOCTYPE html><html lang="en" data-adblockkey="MFwwDQ">', "ad-blocker"),
        ('<script>window.park = "eyJ1dWlkIjoi"</script>', "Bodis"),
        ('<script>window.LANDER_SYSTEM="PW"</script>', "GoDaddy"),
        ('<script>window.onload=function(){window.location.href="/lander"}</script>', "GoDaddy"),
        ('<script src="//img.sedoparking.com/templates/x.js"></script>', "Sedo"),
    ],
)
def test_parking_markup(source: str, service: str) -> None:
    assert parked_markup(source).startswith(service)


@pytest.mark.parametrize(
    "source",
    [
        "<pre>&lt;script src=google.com/adsense/domains/caf.js&gt; window.park = 'x'</pre>",
        "<script>var attributes=['data-adblockkey','cz-shortcut-listen']</script>",
        '<a href="https://sedoparking.com/">Sedo</a>',
        "<p>window.LANDER_SYSTEM marks GoDaddy's landers</p>",
        "<script>window.parking = {spaces: 3}</script>",
    ],
)
def test_markup_of_pages_about_parking(source: str) -> None:
    assert parked_markup(source) == ""


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Situs Slot Gacor Hari Ini", "slot gacor"),
        ("𝗦𝗟𝗢𝗧 𝗚𝗔𝗖𝗢𝗥 resmi", "slot gacor"),
        ("เว็บสล็อตออนไลน์อันดับ1", "สล็อต"),
        ("Nhà cái uy tín nhất", "nhà cái uy tín"),
        ("澳门赌场官网", "澳门赌场"),
        ("Лучшие ОНЛАЙН КАЗИНО 2026", "онлайн казино"),
        ("KAÇAK BAHİS SİTELERİ", "kaçak bahis"),
        ("Online Casino ohne Lizenz", "casino ohne lizenz"),
        ("Buy cheap Viagra", "cheap viagra"),
        ("Essay Writing Service: write my essay", "write my essay"),
        ("카지노사이트 추천", "카지노사이트"),
        ("スーパーコピー時計", "スーパーコピー"),
        ("Payday loans online", "payday loans online"),
        ("Cheap Jerseys from China", "cheap jerseys"),
    ],
)
def test_spam_is_strong(text: str, term: str) -> None:
    assert term in find_spam_terms(text).strong


@pytest.mark.parametrize(
    "text",
    [
        "The casino of Monte Carlo, opened in 1863",
        "Community pharmacy opening hours",
        "Forum: is poker a game of luck?",
        "Sussex and Essex county archives",
        "How the slot machine was invented",
        "Specialists in cialisation",
        "A history of betting in Britain",
        "The essay as a literary form",
        "Die Spielbank Baden-Baden",
        "История азартных игр: рулетка",
        "Payday loans: know your rights",
        "Online gambling and young people: a study",
        "Kochen ohne Rezept",
        "Cocina sin receta",
        "菠菜的做法",
        "日本の風俗と習慣",
        "威尼斯人的历史",
        "Super Bowl XXX",
        "Your local online pharmacy",
        "Sex education in schools",
        "Messier 88 (M88)",
        "Sildenafil (Viagra) and tadalafil (Cialis)",
    ],
)
def test_honest_pages_have_no_strong_term(text: str) -> None:
    assert find_spam_terms(text).strong == ()


def test_strong_terms_come_first_and_once() -> None:
    found = find_spam_terms("Casino, casino: online casino. Porn and porn")
    assert found.terms == (*found.strong, *found.weak)
    assert found.weak == ("casino",)
    assert len(set(found.terms)) == len(found.terms)
    assert not find_spam_terms("A garden in spring")


def page(
    *, title: str = "", h1: str = "", text: str = "", words: int = 30, **headers: str
) -> Placeholder | None:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return placeholder(names, title, h1, text, words)


@pytest.mark.parametrize(
    ("found", "kind", "vendor"),
    [
        (page(title="Welcome to nginx!"), "placeholder", "nginx"),
        (
            page(title="Apache2 Ubuntu Default Page: It works", words=380),
            "placeholder",
            "Apache",
        ),
        (page(h1="It works!", words=2), "placeholder", "Apache"),
        (page(title="IIS Windows Server"), "placeholder", "IIS"),
        (page(title="Default Web Site Page", words=200), "placeholder", "cPanel"),
        (page(title="Account Suspended"), "suspended", "cPanel"),
        (page(text="This Account has been suspended."), "suspended", "cPanel"),
        (page(h1="Bandwidth Limit Exceeded"), "suspended", "cPanel"),
        (page(text="Your website is temporarily suspended."), "suspended", "hoster"),
        (page(text="Dieser Webspace ist derzeit gesperrt."), "suspended", "hoster"),
        (page(text="Ce compte a été suspendu"), "suspended", "hoster"),
        (page(text="Este sitio se encuentra suspendido"), "suspended", "hoster"),
        (page(text="Questo sito è stato sospeso"), "suspended", "hoster"),
        (page(text="Сайт временно заблокирован"), "suspended", "hoster"),
        (page(text="您访问的网站已被暂停"), "suspended", "hoster"),
        (page(text="Hier entsteht in Kürze eine neue Webseite"), "placeholder", "German hosters"),
        (
            page(text="404 There isn’t a GitHub Pages site here. If you're trying"),
            "unclaimed_service",
            "GitHub Pages",
        ),
        (page(title="No such app"), "unclaimed_service", "Heroku"),
        (page(text="Not Found - Request ID: 01J", words=6), "unclaimed_service", "Netlify"),
        (page(x_vercel_error="DEPLOYMENT_NOT_FOUND"), "unclaimed_service", "Vercel"),
        (
            page(text="Sorry, this shop is currently unavailable."),
            "unclaimed_service",
            "Shopify",
        ),
        (
            page(text="NoSuchBucket The specified bucket does not exist x"),
            "unclaimed_service",
            "Amazon S3",
        ),
        (
            page(text="Fastly error: unknown domain: a.example. Please check"),
            "unclaimed_service",
            "Fastly",
        ),
        (page(h1="Blog not found"), "unclaimed_service", "Blogger"),
    ],
)
def test_placeholders(found: Placeholder | None, kind: str, vendor: str) -> None:
    assert found is not None
    assert (found.kind, found.vendor) == (kind, vendor)
    assert found.signal


@pytest.mark.parametrize(
    "found",
    [
        page(title="Welcome to nginx! What next?", text="Install nginx", words=800),
        page(title="Forum: this account has been suspended", text="why?", words=150),
        page(text="GitHub says: There isn't a GitHub Pages site here.", words=400),
        page(title="It works!", h1="It works! Our new solar roof", words=300),
        page(text="the specified bucket does not exist", words=600),
        page(title="Hops", server="nginx"),
        page(title="404 Not Found", h1="404 Not Found", text="404 Not Found nginx", words=4),
    ],
)
def test_pages_that_quote_a_placeholder(found: Placeholder | None) -> None:
    assert found is None


@pytest.mark.parametrize(
    ("source", "framework"),
    [
        ('<html id="__next_error__"><head>', "Next.js"),
        ('<h1 class="next-error-h1" style="">404</h1>', "Next.js"),
        (
            '<script id="__NEXT_DATA__">{"props":{},"page":"/404","query":{}}</script>',
            "Next.js",
        ),
        (
            '<script id="__NEXT_DATA__">{"props":{"pageProps":{"statusCode":404}}}</script>',
            "Next.js",
        ),
        ('<script>window.__NUXT__={error:{statusCode:404,message:"x"}}</script>', "Nuxt"),
        ('<script>window.pagePath="/404.html";</script>', "Gatsby"),
        ('<body class="error404 wp-embed">', "WordPress"),
        ("<app-not-found></app-not-found>", "Angular"),
        (
            "<script>__sveltekit_1={};kit.start(app,el,{status: 404, error: {message:1}})</script>",
            "SvelteKit",
        ),
    ],
)
def test_error_shells(source: str, framework: str) -> None:
    assert error_shell(source) == framework


@pytest.mark.parametrize(
    "source",
    [
        r'<script>self.__next_f.push([1,"{\"className\":\"next-error-h1\",\"children\":404}"])</script>',
        '<script id="__NEXT_DATA__">{"props":{"pageProps":{"id":404}},"page":"/posts"}</script>',
        "<p>The id __next_error__ and the class error404 mark error pages</p>",
        '<body class="home page"><a href="/404.html">error404</a>',
        '<script>window.pagePath="/blog/404-pages/";</script>',
    ],
)
def test_markup_every_page_of_a_framework_has(source: str) -> None:
    assert error_shell(source) == ""


@pytest.mark.parametrize("name", DATA)
def test_every_fact_has_a_source_and_stands_once(name: str) -> None:
    text = (files(signals) / "data" / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    seen: set[str] = set()
    for group in _groups(tomllib.loads(text)):
        assert group["source"]
        key = str([group[name] for name in sorted(group) if name != "source"])
        assert key not in seen
        seen.add(key)
        for entries in group.values():
            if isinstance(entries, list):
                assert len(entries) == len(set(entries)), entries
                assert all(entry == entry.lower().strip() for entry in entries)
                assert not [entry for entry in entries if _has_broken_choice(entry)]


def _groups(tables: dict[str, Any]) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for table in tables.values():
        if isinstance(table, dict):
            groups.append(table)
        elif isinstance(table, list) and isinstance(table[0], dict):
            groups.extend(table)
    return groups


def _has_broken_choice(entry: str) -> bool:
    return bool(re.search("[(|)]", re.sub(r"\([^()]*\)", "", entry)))


def _parked(text: str) -> str:
    return parked_phrase(text, text, text, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("<script window.park adsense/domains/caf.js ", "a-", "a.", "404 "),
        *(
            "window.__nuxt__=",
            "url(" * 1_000 + "d38psrni17bvxu.cloudfront.net",
            "status:404 error:",
        ),
    ],
)
@pytest.mark.parametrize(
    "read",
    [
        parked_markup,
        error_shell,
        find_spam_terms,
        error_phrase,
        lambda text: error_passage((text,)),
        _parked,
    ],
)
def test_a_large_page_is_read_in_no_time(read: Callable[[str], object], text: str) -> None:
    read("")
    start = time.process_time()
    read(text * (100_000 // len(text)))
    assert time.process_time() - start < 0.5


def test_words_that_go_with_an_error_are_set_aside_in_no_time() -> None:
    start = time.process_time()
    assert error_phrase("Malt " + "error http " * 25 + "occurred") == ""
    assert time.process_time() - start < 0.5
    assert error_phrase("Not found error http error http") != ""
