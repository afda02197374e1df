"""What a page hides: one rule, for links and for mail addresses."""

from __future__ import annotations

import pytest

from brokenlinks.html.links import parse_tree
from brokenlinks.html.visibility import Visibility, hidden_names, visibility_of

VISIBLE, DOUBTFUL, HIDDEN = Visibility


def visibility(attributes: str, css: str = "", tag: str = "div") -> Visibility:
    root = parse_tree(f"<style>{css}</style><body><{tag} {attributes}>text</{tag}>")
    return visibility_of(root.find(f".//{tag}"), hidden_names(root))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("display : NONE", HIDDEN),
        ("visibility: collapse", HIDDEN),
        ("left:-9999px", HIDDEN),
        ("margin-left:-9999px", HIDDEN),
        ("margin-left:-400px", VISIBLE),
        ("left:-5em", VISIBLE),
        ("clip:rect(1px,1px,1px,1px)", HIDDEN),
        ("height:0", VISIBLE),
        ("height:0;overflow:hidden", HIDDEN),
        ("overflow:hidden;line-height:0", VISIBLE),
        ("color:#fff;background-color:#FFF", HIDDEN),
        ("color:#fff;background-color:#ffe", VISIBLE),
        ("background-color:transparent", VISIBLE),
        ("opacity:0.0", DOUBTFUL),
        ("opacity:0.05", VISIBLE),
        ("transform:scale(0)", DOUBTFUL),
        ("font-size:0", DOUBTFUL),
    ],
)
def test_a_style_hides(style: str, expected: Visibility) -> None:
    assert visibility(f"style='{style}'") is expected
    assert visibility("class=x", f".x {{{style}}}") is expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("hidden", HIDDEN),
        ("hidden role=tabpanel", DOUBTFUL),
        ("role=tabpanel", VISIBLE),
        ("aria-hidden=true", DOUBTFUL),
        ("aria-hidden=false", VISIBLE),
        ("class=sr-only", HIDDEN),
        ("class='box d-none'", DOUBTFUL),
        ("class='d-none d-md-block'", VISIBLE),
    ],
)
def test_attributes_and_usual_class_names_hide(attributes: str, expected: Visibility) -> None:
    assert visibility(attributes) is expected
    assert visibility(attributes.replace("hidden ", "hidden='' "), tag="p") is expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p, #x {display:none}", HIDDEN),
        ("/* { */ div.x {display:none}", HIDDEN),
        ("main > .x {display:none}", DOUBTFUL),
        (".x:not(.y) {display:none}", DOUBTFUL),
        ("@media screen {.x {display:none}}", DOUBTFUL),
        ("@media print {.x {display:none}}", VISIBLE),
        ("@media (max-width:9em) {@supports (a:b) {.x {display:none}}}", VISIBLE),
        (".x:hover {display:none}", VISIBLE),
        (".x .y {display:none}", VISIBLE),
        ("}}} .x {display:none", VISIBLE),
    ],
)
def test_a_rule_hides_what_it_is_about(css: str, expected: Visibility) -> None:
    assert visibility("class=x id=x", css) is expected


@pytest.mark.parametrize("tag", ["html", "body"])
def test_a_page_that_scripts_show_is_not_hidden(tag: str) -> None:
    root = parse_tree(f"<{tag} style='visibility:hidden' class=d-none>text")
    element = root if tag == "html" else root.find("body")
    assert visibility_of(element, hidden_names(root)) is VISIBLE


@pytest.mark.parametrize("css", ["{" * 50_000 + "}" * 50_000, "@media " * 14_000, "a " * 50_000])
def test_hostile_styles_cost_little(css: str) -> None:
    assert visibility("class=x", f"{css} .x {{display:none}}") in Visibility
