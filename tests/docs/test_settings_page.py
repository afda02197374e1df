from __future__ import annotations

from scrapy.settings import Settings

from brokenlinks.settings_model import GROUPS
from tests.docs.settings_page import PAGE, made_page


def test_the_settings_page_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert page == made_page(page), "run python -m tests.docs.settings_page"


def test_every_setting_is_declared_once_and_has_a_value() -> None:
    names = [setting.name for group in GROUPS.values() for setting in group]
    assert len(names) == len(set(names))
    settings = Settings()
    settings.setmodule("brokenlinks.settings")
    assert set(names) <= set(settings)
