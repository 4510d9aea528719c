"""Measures in time: critical path, progress and money against the plan, what has slipped, what touches the same."""
