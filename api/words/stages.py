"""Where a case stands: rungs and phases. No rules."""

from api.words.table import Table

STAGES: Table = {
    "first_contact": ("首问", "first contact"),
    "grid": ("网格", "grid"),
    "community": ("社区（村）", "community (village)"),
    "street": ("街道（乡镇）", "street (township)"),
    "department": ("职能部门", "department"),
}

PHASES: Table = {
    "awaiting_acceptance": ("待签收", "awaiting acceptance"),
    "in_progress": ("办理中", "in progress"),
    "suspended": ("已挂起", "on hold"),
    "shelved": ("已挂账", "shelved"),
    "awaiting_rating": ("待评价", "awaiting rating"),
    "under_review": ("复核中", "under review"),
    "closed": ("已结案", "closed"),
}
