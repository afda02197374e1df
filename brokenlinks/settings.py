"""The project's Scrapy settings.

Our own settings, with their defaults and meanings, are declared in `settings.toml`. On the
command line: `-s NAME=VALUE`. Your own values for all runs go to the end of this file.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from brokenlinks import __version__
from brokenlinks.settings_model import default_values
from brokenlinks.text.printable import show_crash

# Set before what takes long to import: a Ctrl-C meanwhile needs no traceback.
sys.excepthook = show_crash

_values = default_values(os.environ)
globals().update(_values)

BOT_NAME = "brokenlinks"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "brokenlinks.commands"

# A wheel has the packages `spiders` and `pipelines` in a folder of their own: many Scrapy projects
# have packages of these names, and ours must not replace them.
_project = Path(__file__).parent / "project"
if _project.is_dir() and str(_project) not in sys.path:
    sys.path.insert(0, str(_project))

# --- Who we are -----------------------------------------------------------------------------
# A stock web firewall rule refuses agents whose name contains "link", "crawl" or "spider":
# the agent's name says what the program does, and the contact says whose it is.
_contact = f" (+{_values['CONTACT']})" if _values["CONTACT"] else ""
USER_AGENT = f"ResourceCheck/{__version__}{_contact}"
SERVICE_USER_AGENT = f"brokenlinks/{__version__}{_contact}"

# --- Requests -------------------------------------------------------------------------------
# Pages and links wait for a slot in our own throttle (http/throttle.py), which slows down for
# hosts that answer slowly or refuse. Scrapy's slots therefore hold nothing back.
DOWNLOAD_SLOTS = {"brokenlinks-page": {"concurrency": 10_000, "delay": 0, "jitter": 0}}
CONCURRENT_REQUESTS = 80  # pages in Scrapy's downloader, where most wait for a slot
# Pages are fetched by the same client as links, and from nowhere but the web.
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "brokenlinks.http.handler.HttpDownloadHandler"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
CONCURRENT_ITEMS = 4  # pages whose links are being checked at the same time
DOWNLOAD_WARNSIZE = 0
URLLENGTH_LIMIT = 2083  # Scrapy's default, which is Internet Explorer's limit
RETRY_TIMES = 1  # pages only
RETRY_EXCEPTIONS = [  # those of our handler; Scrapy's own list loads the client that we do not use
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.DownloadTimeoutError",
    OSError,  # a compressed page without a byte
]
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]  # 429 and 503 ask us to wait instead
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the page is recorded with its reason
HTTPERROR_ALLOW_ALL = True  # a refused page is recorded, not dropped
HTTPPROXY_ENABLED = False  # a proxy answers 4xx and 5xx itself, and resolves names for us
COOKIES_ENABLED = False
# The same asyncio, in C; Windows has none.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None

# --- Scrapy's parts: which are ours, which are off ------------------------------------------
ADDONS = {"brokenlinks.addon.CrawlAddon": 0}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False
STATS_DUMP = False
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
FEED_EXPORT_ENCODING = "utf-8"

# --- Your own values ------------------------------------------------------------------------
# Such as OUTREACH_SENDER = "Jo Brewer, brewhelp.example"; they win over the environment.
