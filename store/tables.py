"""The tables lists are drawn from, for statements that are put together at run time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()
_TIME = DateTime(timezone=True)

cases = Table(
    "cases",
    metadata,
    Column("case_id", Text, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in (
            *("case_type", "channel", "class_id", "item_id", "department_id", "urgency"),
            *("stage", "phase", "unit_id", "person_id", "post_id", "officer", "officer_post"),
            *("title", "search", "lookup", "area", "receipt_hash", "policy", "visit_id"),
        )
    ),
    *(
        Column(name, Text)
        for name in ("external_system", "external_reference", "external_channel", "closing")
    ),
    *(Column(name, Integer, nullable=False) for name in ("version", "round", "stint", "breaches")),
    Column("mediators", ARRAY(Text), nullable=False),
    Column("owed", JSONB, nullable=False),
    Column("owers", ARRAY(Text), nullable=False),
    Column("longitude", Integer),
    Column("latitude", Integer),
    Column("resident_broken", Boolean, nullable=False),
    Column("proactive", Boolean, nullable=False),
    Column("opened_at", _TIME, nullable=False),
    Column("changed_at", _TIME, nullable=False),
    *(
        Column(name, _TIME)
        for name in (
            *("overdue_at", "yellow_at", "resident_due", "next_due", "resolved_at", "closed_at"),
        )
    ),
)

case_units = Table(
    "case_units",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
)

case_spans = Table(
    "case_spans",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("since", _TIME, primary_key=True),
    Column("until", _TIME),
    *(
        Column(name, Text, nullable=False)
        for name in (
            *("case_type", "channel", "class_id", "item_id", "urgency", "stage", "phase"),
            *("unit_id", "person_id", "post_id"),
        )
    ),
    Column("closing", Text),
    *(Column(name, Integer, nullable=False) for name in ("version", "round", "breaches")),
    Column("mediators", ARRAY(Text), nullable=False),
    Column("proactive", Boolean, nullable=False),
    Column("opened_at", _TIME, nullable=False),
    Column("changed_at", _TIME, nullable=False),
    *(Column(name, _TIME) for name in ("overdue_at", "yellow_at", "resident_due", "closed_at")),
)

case_sights = Table(
    "case_sights",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("since", _TIME, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
