"""The command `brokenlinks`: Scrapy's command line with this project's settings, in any folder."""

import os
import sys

from brokenlinks.text.printable import show_crash

SETTINGS = "SCRAPY_SETTINGS_MODULE"


def main() -> None:
    """Run the command named on the command line.

    Settings of the user's own are those that a scrapy.cfg names as `brokenlinks`, or those of the
    environment variable that Scrapy reads.
    """
    sys.excepthook = show_crash
    from scrapy.cmdline import execute  # noqa: PLC0415 - takes long, and the user may stop it
    from scrapy.utils.conf import get_config  # noqa: PLC0415

    if SETTINGS not in os.environ:
        named = get_config().get("settings", "brokenlinks", fallback="brokenlinks.settings")
        os.environ[SETTINGS] = named
    execute()


if __name__ == "__main__":
    main()
