"""`shouwen demo`: written-out requests, played through HTTP on the running stack at high speed."""
