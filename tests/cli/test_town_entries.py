"""Faults in what hangs on the tree: posts, desks, catalogue, calendar and policy."""

import pytest

from tests.cli.conftest import Copy

# -- staff --------------------------------------------------------------------


def test_two_people_may_not_share_a_login(town: Copy) -> None:
    town.change("people.csv", "沈一鸣,shenyiming", "沈一鸣,GaoJiancheng")
    assert town.only_error() == (
        'people.csv:3: login "GaoJiancheng" is already on line 2; logins must differ'
    )


def test_mail_address_and_telephone_are_read(town: Copy) -> None:
    organisation = town.read().organisation
    assert organisation is not None
    person = organisation.people["shen-yiming"]
    assert (person.email, person.phone) == ("shenyiming@qinghe.example", "19900020002")


def test_they_may_be_left_out(town: Copy) -> None:
    lines = [line.split(",")[:3] for line in town.text("people.csv").splitlines()]
    town.write("people.csv", "".join(f"{','.join(line)}\n" for line in lines))
    organisation = town.read().organisation
    assert organisation is not None
    person = organisation.people["shen-yiming"]
    assert (person.email, person.phone) == ("", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "shenyiming@qinghe.example",
            "shenyiming",
            'email "shenyiming" is not a mail address; write it as name@host.cn',
        ),
        (
            "19900020002",
            "extension 7",
            'phone "extension 7" is not a telephone number; use digits, spaces and dashes',
        ),
    ],
)
def test_an_address_that_cannot_be_one_is_named(town: Copy, old: str, new: str, said: str) -> None:
    town.change("people.csv", old, new)
    assert town.only_error() == f"people.csv:3: {said}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "qinghe-adm-1,shen-yiming,",
            "qinghe-adm-1,nobody,",
            'post "qinghe-adm-1" names person "nobody", which does not exist',
        ),
        (
            "administrator,qinghe,",
            "administrator,nowhere,",
            'post "qinghe-adm-1" names unit "nowhere", which does not exist',
        ),
        (
            "administrator,qinghe,",
            "grid_worker,qinghe,",
            'role grid_worker does not suit "qinghe", a city; it needs a grid',
        ),
        (
            "administrator,qinghe,",
            "chief,qinghe,",
            (
                'role "chief" is not valid; use one of first_contact_clerk, grid_worker, '
                "community_worker, street_coordinator, department_handler, mediator, supervisor, "
                "administrator, auditor, data_protection"
            ),
        ),
        (
            "administrator,qinghe,2025-01-01,,",
            "administrator,qinghe,2025-01-01,2024-12-31,",
            (
                "valid_until 2024-12-31 is before valid_from 2025-01-01; "
                "the period ends before it starts"
            ),
        ),
        (
            "administrator,qinghe,2025-01-01,,",
            "administrator,qinghe,2025-02-30,,",
            'valid_from "2025-02-30" is not a day; write it as 2026-01-31',
        ),
        (
            "administrator,qinghe,2025-01-01,,,",
            "administrator,qinghe,2025-01-01,,nobody,",
            'post "qinghe-adm-1" names stand-in "nobody", who does not exist',
        ),
        (
            "administrator,qinghe,2025-01-01,,,",
            "administrator,qinghe,2025-01-01,,shen-yiming,",
            ('post "qinghe-adm-1" names its own holder as stand-in; name another person or nobody'),
        ),
        (
            "2026-03-02,2026-03-06",
            "2026-03-02,2026-03-01",
            (
                "absent_until 2026-03-01 is before absent_from 2026-03-02; "
                "the period ends before it starts"
            ),
        ),
        (
            "2026-03-02,2026-03-06",
            "2026-03-02,",
            "absent_until is empty; give the last day of the absence",
        ),
        (
            "party_veteran",
            "veteran",
            (
                'mediator_kind "veteran" is not valid; use one of party_veteran, '
                "retired_official, teacher, group_leader, lawyer, police_officer, social_worker"
            ),
        ),
    ],
)
def test_a_post_that_does_not_fit_is_an_error(town: Copy, old: str, new: str, said: str) -> None:
    line = town.line("posts.csv", old)
    town.change("posts.csv", old, new)
    assert town.errors() == [f"posts.csv:{line}: {said}"]


def test_a_post_named_twice_is_an_error(town: Copy) -> None:
    town.add("posts.csv", "qinghe-adm-1,shen-yiming,auditor,qinghe,2025-01-01,,,,,")
    assert 'post "qinghe-adm-1" is already on line 3' in town.only_error()


# -- channels and partners ----------------------------------------------------


def test_a_duty_post_must_be_a_clerk_of_that_unit(town: Copy) -> None:
    town.change("channels.csv", "web,qinghe,qinghe-clerk-1", "web,qinghe,qinghe-sup-1")
    assert town.only_error() == (
        'channels.csv:2: duty post "qinghe-sup-1" is a supervisor of "qinghe"; '
        'it must be a first_contact_clerk of "qinghe"'
    )
    town.change("channels.csv", "web,qinghe,qinghe-sup-1", "web,liuyin,qinghe-clerk-1")
    assert 'it must be a first_contact_clerk of "liuyin"' in town.only_error()
    town.change("channels.csv", "web,liuyin,qinghe-clerk-1", "web,qinghe,gone")
    assert town.only_error() == 'channels.csv:2: duty post "gone" does not exist'


def test_an_unattended_channel_without_a_duty_post_is_a_warning(town: Copy) -> None:
    town.take("channels.csv", "kiosk,")
    town.change("channels.csv", "web,qinghe,qinghe-clerk-1", "web,qinghe,")
    assert town.errors() == []
    assert [warning.split(";")[0] for warning in town.warnings()] == [
        "channels.csv: warning: channel kiosk is unattended and has no duty post",
        "channels.csv:2: warning: channel web is unattended and has no duty post",
    ]


def test_an_unknown_channel_and_a_partner_of_nowhere_are_errors(town: Copy) -> None:
    town.change("channels.csv", "app,", "fax,")
    town.change("partners.csv", ",jinxiu,", ",nowhere,")
    channel, partner = town.errors()
    assert channel.startswith('channels.csv:3: channel "fax" is not valid; use one of counter,')
    assert partner == (
        'partners.csv:2: partner "jinhe-wuye" names unit "nowhere", which does not exist'
    )


# -- catalogue ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("chengguan,grid,simple", ",grid,simple", 'item "c01-01" has no department'),
        (
            "chengguan,grid,simple",
            "gone,grid,simple",
            'item "c01-01" names department "gone", which does not exist',
        ),
        (
            "chengguan,grid,simple",
            "liuyin,grid,simple",
            'item "c01-01" names "liuyin", a street; it must be a department',
        ),
        ("chengguan,grid,simple", "chengguan,house,simple", 'first_rung "house" is not valid'),
        ("chengguan,grid,simple", "chengguan,first_contact,simple", "cannot be first_contact"),
        ("chengguan,grid,simple", "chengguan,grid,slow", 'deadline_class "slow" is not valid'),
        ("community_own,grid", "ours,grid", 'belonging "ours" is not valid; use one of'),
        ("simple,yes,no", "simple,ja,no", 'evidence "ja" is not valid; use one of yes, no'),
    ],
)
def test_an_item_that_cannot_be_routed_is_an_error(
    town: Copy, old: str, new: str, said: str
) -> None:
    town.change("catalogue.csv", old, new)
    error = town.only_error()
    assert error.startswith("catalogue.csv:2: ")
    assert said in error
    assert town.read().catalogue is None
    assert town.read().organisation is not None


def test_an_item_named_twice_and_a_class_with_two_names_are_errors(town: Copy) -> None:
    town.change("catalogue.csv", "c01-02,c01,环境卫生", "c01-01,c01,卫生")
    twice, names = town.errors()
    assert 'catalogue.csv:3: item "c01-01" is already on line 2' in twice
    assert 'catalogue.csv:3: class "c01" is named "卫生" here and "环境卫生" on line 2' in names


# -- calendar -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'monday = ["09:00-12:00", "13:30-17:30"]',
            'monday = ["09:00-14:00", "13:30-17:30"]',
            (
                'calendar.toml:8: schedule.monday has hours that overlap: "09:00-14:00" and '
                '"13:30-17:30"'
            ),
        ),
        (
            'friday = ["09:00-12:00", "13:30-17:30"]',
            'friday = ["12:00-09:00"]',
            'calendar.toml:12: schedule.friday has hours "12:00-09:00" that end',
        ),
        (
            'friday = ["09:00-12:00", "13:30-17:30"]',
            'friday = ["morning"]',
            'has hours "morning"; write them as 09:00-12:00',
        ),
        (
            '"2026-01-04"',
            '"2026-01-05"',
            "calendar.toml:57: year.make_up_days has 2026-01-05, a monday",
        ),
        ('"2026-02-14"', '"2026-02-15"', "has 2026-02-15, which is also in the holiday"),
        (
            '"2026-02-28"',
            '"2025-02-22"',
            "has 2025-02-22, which is not in 2026",
        ),
        ("year = 2027", "year = 2026", "2026 is declared twice"),
        ('from = "2026-05-01"', 'from = "2026-05-09"', "which ends before it starts"),
        ('from = "2026-05-01"', 'from = "1st of May"', '"1st of May" is not a day'),
        ('unit_id = "shiqiao"', 'unit_id = "gone"', '"gone" does not exist in units.csv'),
        ('unit_id = "shiqiao"', 'unit_id = "*"', '"*" has a second schedule'),
        ('unit_id = "*"', 'unit_id = "liuyin"', "has no schedule for everyone"),
        ('timezone = "Asia/Shanghai"', 'timezone = "Asia/Qinghe"', "is not a time zone"),
        ('timezone = "Asia/Shanghai"', 'timezone = "../etc"', "is not a time zone"),
        ("published = true", 'published = "yes"', "write true or false"),
        ('version = "2026.1"', "version = 2026.1", "version must be a text in quotes"),
        ("[[year]]", "[year]", "calendar.toml:44: is not valid TOML"),
        ("saturday = []", "", "schedule lacks saturday; add it"),
        ("saturday = []", "saturday = []\nlunch = []", "schedule.lunch is not known"),
    ],
)
def test_a_calendar_no_clock_could_run_on_is_an_error(
    town: Copy, old: str, new: str, said: str
) -> None:
    town.change("calendar.toml", old, new)
    errors = "\n".join(town.errors())
    assert said in errors
    assert errors.startswith("calendar.toml")
    assert town.read().calendar is None


# -- policy -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'grid = "2 working_hours"',
            'grid = "two hours"',
            (
                'policy.toml:9: accept.grid = "two hours" is not a length of time; write a number '
                "and one of days, hours, minutes, seconds, working_days, working_hours, "
                'or "same_day"'
            ),
        ),
        ('grid = "2 working_hours"', 'grid = "0 working_hours"', "is not a length of time"),
        ('grid = "2 working_hours"', 'grid = "99999 working_days"', "more than 1000 days"),
        ('grid = "2 working_hours"', "grid = 2", "is not a length of time"),
        ('on_site = "2 hours"', 'on_site = "2 working_hours"', "an emergency runs day and night"),
        ('on_site = "2 hours"', "", "urgent lacks on_site; add it"),
        ('mediation = "30 days"', 'meditation = "30 days"', "suspension.meditation is not known"),
        ('remind = "30 days"', 'remind = "30 working_days"', "counted back from a date"),
        ("maximum_percent = 50", "maximum_percent = 500", "use a whole number from 0 to 100"),
        ("late_percent = 80", "late_percent = 40", "must be more than half_percent = 50"),
        ("maximum = 800", "maximum = 100", "is less than minimum = 200"),
        ("[households]", "[house]", "house is not known"),
        ('version = "1"', "", "lacks version; add it"),
        ("2025-01-01", "soon", '"soon" is not a day'),
    ],
)
def test_a_policy_that_cannot_be_read_is_an_error(
    town: Copy, old: str, new: str, said: str
) -> None:
    town.change("policy.toml", old, new)
    errors = "\n".join(town.errors())
    assert said in errors
    assert errors.startswith("policy.toml")
    assert town.read().policy is None
    assert town.read().organisation is not None
