"""Everything that touches the outside on behalf of a workflow, as Temporal activities."""
