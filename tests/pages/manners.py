"""How somebody looks at the pages: on what screen, in which language, with or without scripts."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

Language = Literal["zh", "en"]
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to look."""

    size: Literal["phone", "desktop"] = "desktop"
    language: Language = "zh"
    script: bool = True

    def __str__(self) -> str:
        return "-".join((self.size, self.language, *(() if self.script else ("noscript",))))

    @property
    def context(self) -> dict[str, Any]:
        """The same as options of a browser context."""
        locale = {"zh": "zh-CN", "en": "en-GB"}[self.language]
        return {
            **SIZES[self.size],
            "java_script_enabled": self.script,
            "locale": locale,
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
        }

    def address(self, path: str) -> str:
        """The path of a page, in the language of the manner."""
        before, mark, fragment = path.partition("#")
        if self.language == "en":
            before += ("&" if "?" in before else "?") + urlencode({"lang": "en"})
        return before + mark + fragment


EVERYWHERE = [Manner(s, lang) for s in ("phone", "desktop") for lang in ("zh", "en")]
"""Both screens in both languages."""
NO_SCRIPT = Manner("phone", "zh", script=False)
