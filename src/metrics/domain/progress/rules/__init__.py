"""The rules of the course, side by side; a new one is a file here, a line below, its words and its tests."""

from __future__ import annotations

from metrics.domain.progress.rules import destatis_weather, growth_ratio, target_path, un_progress
from metrics.domain.progress.rules.rule import Rule

DEFAULT = destatis_weather.RULE
RULES: dict[str, Rule] = {rule.id: rule for rule in (DEFAULT, target_path.RULE, growth_ratio.RULE, un_progress.RULE)}
__all__ = ["DEFAULT", "RULES", "Rule"]
