"""What the administration keeps: the criteria by which the office sets its priorities."""
