"""Verdicts on a link's target, with reason, stage and confidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from brokenlinks.models.lookups import ArchiveRecord, RegistrationRecord


class Verdict(StrEnum):
    """What the evidence says about a link's target."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD_GONE = "dead_gone"
    DEAD_DOMAIN = "dead_domain"
    DEAD_HOST = "dead_host"
    SOFT_404 = "soft_404"
    REDIRECTED_HOME = "redirected_home"
    PARKED = "parked"
    HIJACKED = "hijacked"
    DRIFTED = "drifted"
    BLOCKED = "blocked"
    TRANSIENT = "transient"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"
    PENDING = "pending"
    """Stored, but not probed yet: a state of the work, not of the target."""

    @property
    def is_living(self) -> bool:
        """Whether the page exists, here or elsewhere."""
        return self in {Verdict.ALIVE, Verdict.MOVED}

    @property
    def is_dead(self) -> bool:
        """Whether the page is lost, whatever is there now."""
        return self.is_absent or self in {
            Verdict.SOFT_404,
            Verdict.REDIRECTED_HOME,
            Verdict.PARKED,
            Verdict.HIJACKED,
        }

    @property
    def is_absent(self) -> bool:
        """Whether nothing is served: the DNS, the connection or the status says so."""
        return self in {Verdict.DEAD_GONE, Verdict.DEAD_DOMAIN, Verdict.DEAD_HOST}

    @property
    def is_inconclusive(self) -> bool:
        """Whether a probe answered nothing about the page."""
        return self in {Verdict.BLOCKED, Verdict.TRANSIENT, Verdict.UNKNOWN, Verdict.DRIFTED}

    @property
    def is_page_of_living_site(self) -> bool:
        """Whether a page is lost whose site lives on, and may have a new address there."""
        return self in {Verdict.DEAD_GONE, Verdict.SOFT_404, Verdict.REDIRECTED_HOME}

    @property
    def is_lost_domain(self) -> bool:
        """Whether the whole domain is lost to its former owner."""
        return self in {Verdict.DEAD_DOMAIN, Verdict.PARKED, Verdict.HIJACKED}

    @property
    def needs_archive(self) -> bool:
        """Whether an archived copy would help: it shows what a lost or strange page was."""
        return self.is_dead or self is Verdict.DRIFTED

    @property
    def needs_registry(self) -> bool:
        """Whether the domain's registration says more: is it free, has the owner changed."""
        return self in {Verdict.DEAD_DOMAIN, Verdict.DRIFTED, Verdict.HIJACKED}


class Reason(StrEnum):
    """Why a verdict was given; every reason has its texts in `liveness/data/reasons.toml`."""

    # not probed
    ROBOTS = "robots"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    PRIVATE_ADDRESS = "private_address"
    BLOCKED_PORT = "blocked_port"
    BUDGET = "budget"
    EXCLUDED = "excluded"
    ARCHIVED_COPY = "archived_copy"
    OWN_NETWORK_DOWN = "own_network_down"
    OUR_EXCEPTION = "our_exception"
    # DNS and connection
    NXDOMAIN = "nxdomain"
    NXDOMAIN_SUB = "nxdomain_sub"
    NO_ADDRESS = "no_address"
    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    IPV6_ONLY = "ipv6_only"
    TIMEOUT = "timeout"
    RESET = "reset"
    EMPTY_REPLY = "empty_reply"
    TLS = "tls"
    MALFORMED = "malformed"
    SLOW_BODY = "slow_body"
    OVERSIZE = "oversize"
    BAD_URL = "bad_url"
    # status
    HTTP_404 = "http_404"
    HTTP_410 = "http_410"
    HTTP_5XX = "http_5xx"
    HTTP_OTHER = "http_other"
    """Any other status; stored with its number: `http_418`."""
    BOT_PROTECTION = "bot_protection"
    AUTH = "auth"
    LOGIN_REDIRECT = "login_redirect"
    PAYWALL = "paywall"
    LEGAL_451 = "legal_451"
    RATE = "rate"
    # redirects
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_LOCATION = "bad_location"
    REDIRECT_TO_NOWHERE = "redirect_to_nowhere"
    REDIRECTED_HOME = "redirected_home"
    REDIRECTED_TO_SECTION = "redirected_to_section"
    MOVED = "moved"
    MOVED_TO_HOME = "moved_to_home"
    OTHER_DOMAIN = "other_domain"
    # content
    PARKED_NAME_SERVER = "parked_name_server"
    PARKED_CNAME = "parked_cname"
    PARKED_ADDRESS = "parked_address"
    PARKED_REDIRECT = "parked_redirect"
    PARKED_PHRASE = "parked_phrase"
    PARKED_MARKUP = "parked_markup"
    PLACEHOLDER = "placeholder"
    SUSPENDED = "suspended"
    UNCLAIMED_SERVICE = "unclaimed_service"
    SPAM_WORDS = "spam_words"
    TOPIC_GONE = "topic_gone"
    OTHER_SCRIPT = "other_script"
    OTHER_KIND = "other_kind"
    JS_SHELL = "js_shell"
    EMPTY = "empty"
    UNDECODABLE = "undecodable"
    ERROR_PAGE = "error_page"
    SAME_PAGE_FOR_ALL = "same_page_for_all"
    SERVED = "served"


class Stage(StrEnum):
    """How far a finding is confirmed: one check makes a suspect, several over days confirm it."""

    NONE = ""
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


class Confidence(StrEnum):
    """How far the rule that matched can be trusted; empty where nothing was claimed."""

    NONE = ""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict with its grounds.

    `reason` is a `Reason`, or `http_<status>` for a status without one. `rule` names the row of
    the decision table, `sentence` is the evidence in words, `next_check` is when the target is due
    again (None: never by itself).
    """

    verdict: Verdict
    reason: str = ""
    confidence: Confidence = Confidence.NONE
    stage: Stage = Stage.NONE
    rule: str = ""
    sentence: str = ""
    next_check: datetime | None = None


MIN_SHARED_REDIRECTS = 3
"""Different deep URLs of a host that end at one page: two may be duplicates, three are a rule."""


@dataclass(frozen=True, slots=True)
class VerdictContext:
    """What the archive, the registry and the host's other links say; None: not looked up.

    `shared_redirects` counts the deep URLs of the same host, this one included, that were all
    redirected to the same page as this one.
    """

    archive: ArchiveRecord | None = None
    registration: RegistrationRecord | None = None
    shared_redirects: int = 0
