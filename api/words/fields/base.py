"""Words of what several forms share: people, places, lengths of time."""

from api.words.table import Table

TITLES: Table = {
    "ContactBody": ("联系人", "Person"),
    "PlaceBody": ("地点", "Place"),
    "SpanBody": ("一段时间", "Length of time"),
}

LABELS: Table = {
    "Body.evidence": ("照片或材料", "Photos or documents"),
    "ContactBody.name": ("姓名", "Name"),
    "ContactBody.phone": ("电话", "Phone number"),
    "PlaceBody.address": ("地址", "Address"),
    "PlaceBody.longitude": ("经度", "Longitude"),
    "PlaceBody.latitude": ("纬度", "Latitude"),
    "PlaceBody.unit_id": ("所在网格或社区（村）", "Grid or community (village) it lies in"),
    "SpanBody.amount": ("数量", "How many"),
    "SpanBody.unit": ("单位", "Of what"),
}

HINTS: Table = {
    "ContactBody.phone": (
        "只填数字，可以有空格或短横线，例如 138 0000 0000",
        "Digits, with blanks or dashes if you like: 138 0000 0000",
    ),
    "PlaceBody.address": (
        "街道、小区、楼栋、门牌，或附近的标志",
        "Street, estate, building and number, or something nearby that people know",
    ),
    "PlaceBody.longitude": ("东经为正，例如 104.0665", "East is positive: 104.0665"),
    "PlaceBody.latitude": ("北纬为正，例如 30.5723", "North is positive: 30.5723"),
}
