"""The order of the decision table: the first rule that matches decides."""

from __future__ import annotations

from brokenlinks.liveness.rules import Finding, Rule, content, http, network, redirects
from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import VerdictContext

TABLE: tuple[Rule, ...] = (
    network.not_probed,
    network.own_network_down,
    network.domain_not_found,
    network.host_not_found,
    network.dns_inconclusive,
    content.parked_by_infrastructure,
    network.no_response,
    http.bot_protection,
    http.login_or_payment_required,
    http.access_denied,
    http.rate_limited,
    http.gone_status_with_content,
    http.gone_with_living_home,
    http.gone_without_living_home,
    http.inconclusive_response,
    http.server_error,
    redirects.broken_redirect,
    network.missing_response,
    # From here on a page was served. Is it the one that was linked?
    content.non_html_response,
    content.placeholder_page,
    content.parked_by_content,
    content.hijacked_or_drifted,
    content.no_readable_content,
    redirects.redirected_to_home_or_section,
    content.soft_404_page,
    content.same_short_page_everywhere,
    redirects.moved_to_other_domain,
    redirects.off_topic_other_domain,
    content.page_served,
    network.internal_error,
)


def first_match(evidence: Evidence, context: VerdictContext) -> tuple[Finding, str]:
    """Return the finding of the first rule that matches, and the rule's name."""
    for rule in TABLE:
        finding = rule(evidence, context)
        if finding is not None:
            return finding, rule.__name__
    raise AssertionError("the last rule matches everything")
