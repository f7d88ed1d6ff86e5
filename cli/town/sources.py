"""From paths to text: which file is which town file, and whether it is UTF-8."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from domain.papers.findings import Findings, listed

TABLES = (
    "units.csv",
    "people.csv",
    "posts.csv",
    "channels.csv",
    "partners.csv",
    "catalogue.csv",
)
FILES = (*TABLES, "grids.geojson", "calendar.toml", "policy.toml")


def read_texts(paths: Sequence[Path], findings: Findings) -> Mapping[str, str]:
    """The text of each town file by its name; a file that cannot be read is a finding."""
    found: dict[str, Path] = {}
    for path in _files(paths, findings):
        if path.name in found:
            findings.error(path.name, None, f"given twice: {found[path.name]} and {path}")
        found.setdefault(path.name, path)
    for name in FILES if all(path.exists() for path in paths) else ():
        if name not in found:
            findings.error(name, None, f"is missing; a town is made of {listed(FILES)}")
    texts = {name: _text(path, findings) for name, path in found.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _files(paths: Iterable[Path], findings: Findings) -> list[Path]:
    """Town files among the paths and in the folders among them."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir() and path.name not in FILES:
            files += [path / name for name in FILES if (path / name).exists()]
        elif path.name in FILES:
            files.append(path)
        elif path.exists():
            findings.warning(path.name, None, "is not a town file and was not read")
        else:
            findings.error(str(path), None, "no such file or folder; check the path")
    return files


def _text(path: Path, findings: Findings) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        findings.error(path.name, None, f"cannot be read: {error.strerror}")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        findings.error(path.name, line, f"is not UTF-8{_guess(raw)}; save the file as UTF-8")
        return None


def _guess(raw: bytes) -> str:
    """What the bytes look like instead, if they say so."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (it looks like UTF-16, which spreadsheets call Unicode)"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return " (it looks like GBK or GB18030)"
