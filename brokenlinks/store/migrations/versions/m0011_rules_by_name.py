"""Rules of the decision table are stored under stable names in place of row numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAMES = {
    "row_1_not_asked": "not_probed",
    "row_2_our_network_unfit": "own_network_down",
    "row_3_domain_gone": "domain_not_found",
    "row_4_host_gone": "host_not_found",
    "row_5_dns_unsettled": "dns_inconclusive",
    "row_6_parked_by_name": "parked_by_infrastructure",
    "row_7_no_answer": "no_response",
    "row_8_bot_wall": "bot_protection",
    "row_9_members_only": "login_or_payment_required",
    "row_10_refused_us": "access_denied",
    "row_11_too_many_requests": "rate_limited",
    "row_12_gone_by_status_only": "gone_status_with_content",
    "row_12_gone": "gone_with_living_home",
    "row_13_gone_with_its_site": "gone_without_living_home",
    "row_14_cannot_tell": "inconclusive_response",
    "row_15_server_failing": "server_error",
    "row_16_redirects_nowhere": "broken_redirect",
    "row_26_without_an_answer": "missing_response",
    "row_17_document_served": "non_html_response",
    "row_18_vacated": "placeholder_page",
    "row_19_parked_by_words": "parked_by_content",
    "row_20_usurped": "hijacked_or_drifted",
    "row_21_nothing_to_read": "no_readable_content",
    "row_22_ended_at_home": "redirected_to_home_or_section",
    "row_23_soft_404": "soft_404_page",
    "row_23_same_few_words_for_all": "same_short_page_everywhere",
    "row_24_moved": "moved_to_other_domain",
    "row_24_strayed": "off_topic_other_domain",
    "row_25_served": "page_served",
    "row_26_our_mistake": "internal_error",
}


def upgrade() -> None:
    """Rename the rule of every stored verdict."""
    targets = sa.table("targets", sa.column("rule", sa.Text()))
    for old, new in NAMES.items():
        op.execute(targets.update().where(targets.c.rule == old).values(rule=new))
