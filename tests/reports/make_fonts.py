"""Made the fonts of reports, once: subsets of Noto Sans CJK SC.

With Debian's packages fonts-noto-cjk and unicode-data and the Python package fonttools:
``python -m tests.reports.make_fonts /usr/share/fonts/opentype/noto /usr/share/unicode``
"""

import bz2
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).parents[2] / "reports" / "fonts"
BLOCKS = (
    range(0x20, 0x7F),  # Latin
    range(0xA0, 0x180),
    range(0x2000, 0x2070),  # punctuation
    range(0x2190, 0x219A),  # arrows
    range(0x2200, 0x2300),  # mathematical signs
    range(0x2460, 0x2500),  # numbers in circles
    range(0x2500, 0x2600),  # lines and blocks
    range(0x25A0, 0x2600),
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFE30, 0xFE50),
    range(0xFF00, 0xFFF0),  # full-width forms
)
"""What the font has of these is kept."""
FAMILY = "Shouwen Sans"
"""Not the name it had: a font of that name on the machine must never stand in for it."""


def wanted(unicode: Path) -> set[int]:
    """GB 2312, all three levels of the General Standard Chinese Characters, and the blocks."""
    found = {point for block in BLOCKS for point in block}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            text = bytes((high, low)).decode("gb2312", errors="ignore")
            found.update(map(ord, text))
    with bz2.open(unicode / "Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        found.update(
            int(match[1], 16)
            for line in lines
            if (match := re.match(r"U\+([0-9A-F]+)\tkTGH\t", line))
        )
    return found


def made(source: Path, points: set[int]) -> TTFont:
    """The Chinese font of a collection with these characters only, under a name of its own."""
    font = next(
        each for each in TTCollection(source).fonts if each["name"].getDebugName(1).endswith("SC")
    )
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.layout_features = ["kern", "locl", "ccmp", "mark", "mkmk", "palt", "tnum", "pnum"]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=points)
    cut.subset(font)
    return font


def renamed(font: TTFont, weight: str) -> None:
    """Give it the family's name."""
    full = f"{FAMILY} {weight}"
    for number, name in ((1, FAMILY), (3, full), (4, full), (6, full.replace(" ", "-"))):
        font["name"].setName(name, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = full.replace(" ", "-")
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = full, FAMILY


def main() -> None:
    """Write both weights."""
    points = wanted(Path(sys.argv[2]))
    for weight in ("Regular", "Bold"):
        font = made(Path(sys.argv[1]) / f"NotoSansCJK-{weight}.ttc", points)
        renamed(font, weight)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        file = FONTS / f"ShouwenSans-{weight}.otf"
        font.save(file)
        characters = "".join(map(chr, sorted(font.getBestCmap())))
        (FONTS / "characters.txt").write_text(characters + "\n", encoding="utf-8")
        sys.stdout.write(f"{file.name}: {len(font.getBestCmap())} characters\n")


main()
