"""The complete list of what a person can do with the plan, by subject. Rights are checked here, not in the menu."""
