"""Every Scrapy setting of the project, grouped, each with its why.

Environment variables override in one place, at the end. On the command line: `-s NAME=VALUE`.
"""

import os
from importlib.util import find_spec

from brokenlinks import __version__

BOT_NAME = "brokenlinks"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "brokenlinks.commands"

# --- Who we are -----------------------------------------------------------------------------
# A stock web firewall rule refuses agents whose name contains "link", "crawl" or "spider":
# the honest name of the program is in the contact, the agent's name says what it does.
CONTACT = os.environ.get("BROKENLINKS_CONTACT", "")
_who = f" (+{CONTACT})" if CONTACT else ""
USER_AGENT = f"ResourceCheck/{__version__}{_who}"
SERVICE_USER_AGENT = f"brokenlinks/{__version__}{_who}"

# --- Manners --------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True  # for pages and for probes; our own middleware, see below
# Pages and probes wait for their turns at our own gate (net/gate.py), which slows down for hosts
# that answer slowly or refuse; Scrapy's slots hold nothing back, see DOWNLOAD_SLOTS.
DOWNLOAD_DELAY = 1.0  # seconds between a page of a host and the next request to it
PROBE_DELAY = 1.0  # seconds between requests to a host, its pages and probes together
PROBE_CONCURRENCY_PER_HOST = 1  # probes in flight at one host
PROBE_CONCURRENCY = 64  # probes in flight in all
RETRY_AFTER_MAX_WAIT = 20.0  # seconds of a Retry-After that are waited for within a run

# --- Bounds ---------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 20.0
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # of a page; probes stop reading early instead
DOWNLOAD_WARNSIZE = 0
PROBE_TIMEOUT = 20.0
PROBE_MAX_BYTES = 512 * 1024
SERVICE_TIMEOUT = 30.0
SERVICE_MAX_BYTES = 4 * 1024 * 1024
DNS_TIMEOUT = 8.0
URLLENGTH_LIMIT = 2083
# Pages wait for their turns within Scrapy's downloader. Few probes pass through it, and only when
# their turn has come (net/tolerant.py): even if all of them did, there is room for the pages.
CONCURRENT_REQUESTS = PROBE_CONCURRENCY + 16
CONCURRENT_ITEMS = 4  # pages whose links are being settled at the same time
MEMUSAGE_ENABLED = False

# --- Addresses and names ----------------------------------------------------------------------
ALLOWED_NETWORKS: list[str] = []  # private networks the person allows, e.g. 127.0.0.0/8
DNS_NAMESERVERS: list[str] = []  # address or address:port; none: the system's
TWISTED_DNS_RESOLVER = "brokenlinks.http.resolver.VettingResolver"
HTTPPROXY_ENABLED = False  # a proxy answers 4xx and 5xx in the target's place, and resolves for us
# Home pages that are never down together: when none answers, it is our network.
CONNECTIVITY_URLS = [
    "https://www.wikipedia.org/",
    "https://www.iana.org/",
    "https://www.debian.org/",
]

# --- What counts as a resource page -----------------------------------------------------------
MIN_RELEVANCE = 0.2  # 0..1
MIN_RESOURCE_SCORE = 0.5  # 0..1
PAGES_PER_SITE = 12

# --- Discovery ----------------------------------------------------------------------------------
PAGES_AT_ONCE = 16  # pages being read at once; small, so that the best known then are read first
BARREN_SITES = 15  # sites in a row that led to nothing, after which no new ones are tried
REJECTS_PER_PAGE = 2.75  # pages read in vain for each accepted one, from which on no guess is read
SEARCH_QUERIES_PER_RUN = 20  # to one provider; some allow themselves fewer
WIKIPEDIA_URL = "https://{language}.wikipedia.org/w/api.php"
MWMBL_URL = "https://api.mwmbl.org"
BRAVE_URL = "https://api.search.brave.com"
TAVILY_URL = "https://api.tavily.com"
SERPER_URL = "https://google.serper.dev"
MARGINALIA_URL = "https://api2.marginalia-search.com"
MARGINALIA_PUBLIC = False  # its key "public" is for non-commercial use only
# Keys come from the environment only: a command line can be read by everybody on the machine.
SEARXNG_URL = os.environ.get("SEARXNG_URL", "")
MWMBL_API_KEY = os.environ.get("MWMBL_API_KEY", "")
BRAVE_API_KEY = os.environ.get("BRAVE_API_KEY", "")
TAVILY_API_KEY = os.environ.get("TAVILY_API_KEY", "")
SERPER_API_KEY = os.environ.get("SERPER_API_KEY", "")
MARGINALIA_API_KEY = os.environ.get("MARGINALIA_API_KEY", "")

# --- Archive --------------------------------------------------------------------------------
WAYBACK_URL = "https://web.archive.org"
WAYBACK_CDX_URL = ""  # its index, where that is elsewhere, as in a pywb: http://host/collection/cdx
WAYBACK_CDX_PER_MINUTE = 24.0  # the hard limit is 30
WAYBACK_PLAYBACK_PER_SECOND = 8.0
WAYBACK_PAUSE = 60.0  # seconds every process leaves the archive alone after a 429
ARCHIVE_LOOKUPS_PER_RUN = 200  # what is left over is done by the next run
COMMONCRAWL_ARCHIVE = False  # ask Common Crawl, too, about pages the Wayback Machine has no copy of
COMMONCRAWL_PER_MINUTE = 20.0

# --- The person's own site (-a site=...) ------------------------------------------------------
OWN_PAGES = 200  # of it to read; what was read lately (7 days) is not read again

# --- Registries -----------------------------------------------------------------------------
RDAP_BOOTSTRAP_URL = "https://data.iana.org/rdap/dns.json"  # which registry answers where
RDAP_SERVERS: dict[str, str] = {}  # by suffix, "*" for all, before what the bootstrap file says
RDAP_PER_SECOND = 1.0  # to one registry
RDAP_LOOKUPS_PER_RUN = 200  # what is left over is done by the next run

# --- Authority: how much a domain weighs ------------------------------------------------------
COMMONCRAWL_INDEX_URL = "https://index.commoncrawl.org"
COMMONCRAWL_DATA_URL = "https://data.commoncrawl.org"
OPENPAGERANK_URL = "https://openpagerank.com"
AHREFS_URL = "https://api.ahrefs.com"
OPENPAGERANK_API_KEY = os.environ.get("OPENPAGERANK_API_KEY", "")
AHREFS_API_KEY = os.environ.get("AHREFS_API_KEY", "")
AUTHORITY_CSV = ""  # any tool's metric by domain, the person's own
AUTHORITY_PER_SECOND = 1.0  # requests to each of the two services with a key
AUTHORITY_LOOKUPS_PER_RUN = 200  # domains each of them is asked about; the rest is done next time
# --- Demand ---------------------------------------------------------------------------------
CITATION_LOOKUPS_PER_RUN = 30  # dead targets Wikipedia is asked about: which articles cite them

# --- Contacts -------------------------------------------------------------------------------
CONTACTS_DAYS = 90.0  # a site's contact is looked up again after so many days
CONTACT_SITES_PER_RUN = 200  # what is left over is done by the next run
DECODE_PROTECTED_ADDRESSES = False  # people who hide an address from programs do so on purpose

# --- Outreach: drafts are written, never sent --------------------------------------------------
OUTREACH_SENDER = ""  # who signs: name and, if you like, company
OUTREACH_POSTAL_ADDRESS = ""  # laws on commercial mail ask for one
OUTREACH_OPT_OUT = ""  # one sentence: how to hear from you no more

# --- Memory and results -----------------------------------------------------------------------
OUTPUT_DIR = "output"  # relative to the working directory
JOURNAL_URL = ""  # SQLAlchemy URL; empty: a SQLite file in OUTPUT_DIR
JOURNAL_NAME = "journal"  # that file's name without its ending
WORKBOOK_NAME = ""  # empty: named after the niche
WEIGHTS_FILE = ""  # a copy of brokenlinks/scoring/weights.toml the person edited
CLOCK = ""  # ISO time at which the program's clock starts; empty: now
PROGRESS_INTERVAL = 30.0  # seconds between progress lines in the log
SUMMARY = ""  # "full" or "line"; empty: all of it on a terminal, one line elsewhere

# --- Scrapy's parts: which are ours, which are off ----------------------------------------------
EXTENSIONS = {
    "brokenlinks.extensions.run_context.RunContext": 10,
    "brokenlinks.http.network.Network": 20,
    "brokenlinks.http.handler.ProbeBodyLimit": 30,
    "brokenlinks.extensions.searches.Searches": 40,
    "brokenlinks.extensions.progress.Progress": 400,
    "brokenlinks.extensions.shutdown.Shutdown": 500,
    "brokenlinks.extensions.report_writer.ReportWriter": 900,
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "brokenlinks.http.middleware.PolitenessMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "brokenlinks.http.middleware.PageEncodingMiddleware": 585,  # before refreshes are looked for
    "brokenlinks.http.handler.PageCompressionMiddleware": 590,
}
DOWNLOAD_SLOTS = {
    slot: {"concurrency": 10_000, "delay": 0, "jitter": 0}
    for slot in ("brokenlinks-probe", "brokenlinks-page")
}
ITEM_PIPELINES = {
    "pipelines.store.StorePipeline": 100,
    "pipelines.liveness.LivenessPipeline": 200,
    "pipelines.archive.ArchivePipeline": 300,
    "pipelines.registration.RegistrationPipeline": 350,
    "pipelines.contacts.ContactsPipeline": 360,
    "pipelines.own_site.OwnSitePipeline": 370,
    "pipelines.citations.CitationsPipeline": 380,
    "pipelines.finish.FinishPipeline": 400,
}
# The same asyncio, in C; Windows has none.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None
COOKIES_ENABLED = False
RETRY_TIMES = 1  # pages only
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]  # 429 and 503 ask to wait instead
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the rejection is recorded with its reason
HTTPERROR_ALLOW_ALL = True  # a page's refusal is recorded, not dropped
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
STATS_DUMP = False
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
FEED_EXPORT_ENCODING = "utf-8"

# --- Environment ----------------------------------------------------------------------------
JOURNAL_URL = os.environ.get("BROKENLINKS_JOURNAL_URL", JOURNAL_URL)
OUTPUT_DIR = os.environ.get("BROKENLINKS_OUTPUT_DIR", OUTPUT_DIR)
