"""Pages of administrators: organisation, catalogue, calendar, policy, notices, health."""
