"""channels.csv and partners.csv: who receives what comes in by itself, and who helps."""

from collections.abc import Mapping

from cli.town.tables import Keyed, Row, keyed, read_table
from domain.organisation import Partner, Post, Unit
from domain.papers.findings import Findings, quoted
from domain.words import UNATTENDED, Channel, Role

CHANNELS = "channels.csv"
CHANNELS_COLUMNS = ("channel", "unit_id", "post_id")
PARTNERS = "partners.csv"
PARTNERS_COLUMNS = ("partner_id", "kind", "name", "unit_id", "contact")
PARTNER_KINDS = (
    "property_company",
    "owners_committee",
    "social_organisation",
    "volunteer_team",
    "dual_report_unit",
)


def read_duty(
    texts: Mapping[str, str], units: Keyed[Unit], posts: Keyed[Post], findings: Findings
) -> Mapping[Channel, str]:
    """The duty post of each channel (R1.2); a channel without an attendant should have one."""

    def duty(row: Row) -> str:
        row.choice("channel", Channel)
        unit_id = row.ident("unit_id")
        if unit_id and units.lacks(unit_id):
            row.error(f"unit {quoted(unit_id)} does not exist")
        if row["post_id"]:
            _check_duty(row, posts)
        return row["post_id"]

    table = read_table(CHANNELS, texts, CHANNELS_COLUMNS, findings)
    desks = keyed(table, "channel", duty, "channel")
    for channel in Channel if desks.whole else ():
        row = desks.rows.get(channel)
        if channel in UNATTENDED and (row is None or not row["post_id"]):
            findings.warning(
                CHANNELS,
                None if row is None else row.line,
                f"channel {channel} is unattended and has no duty post; "
                "what comes in through it is refused until it has one",
            )
    return {Channel(channel): post for channel, post in desks.values.items() if post}


def read_partners(
    texts: Mapping[str, str], units: Keyed[Unit], findings: Findings
) -> tuple[Partner, ...]:
    """Organisations that assist; they never own a case."""

    def partner(row: Row) -> Partner:
        unit_id = row.ident("unit_id")
        if unit_id and units.lacks(unit_id):
            row.error(
                f"partner {quoted(row['partner_id'])} names unit {quoted(unit_id)}, "
                "which does not exist"
            )
        return Partner(
            partner_id=row["partner_id"],
            kind=row.word("kind", PARTNER_KINDS),
            name=row.text("name"),
            unit_id=unit_id,
            contact=row.text("contact"),
        )

    table = read_table(PARTNERS, texts, PARTNERS_COLUMNS, findings)
    return tuple(keyed(table, "partner_id", partner, "partner").values.values())


def _check_duty(row: Row, posts: Keyed[Post]) -> None:
    post_id = row["post_id"]
    if posts.lacks(post_id):
        row.error(f"duty post {quoted(post_id)} does not exist")
    post = posts.values.get(post_id)
    if post is None:
        return
    if post.role is not Role.FIRST_CONTACT_CLERK or post.unit_id != row["unit_id"]:
        row.error(
            f"duty post {quoted(post_id)} is a {post.role} of {quoted(post.unit_id)}; "
            f"it must be a first_contact_clerk of {quoted(row['unit_id'])}"
        )
