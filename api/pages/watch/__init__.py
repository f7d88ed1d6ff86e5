"""Pages of supervisors and auditors: board, map, queues, audit, scores, reports."""
