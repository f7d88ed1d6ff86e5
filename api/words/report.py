"""Plain words of reports (R12.6)."""

from api.words.table import Table

EVENTS: Table = {"report.written": ("考核报告生成", "A report was written")}
