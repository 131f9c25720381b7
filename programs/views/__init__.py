"""Pages from the first question to the plan."""
