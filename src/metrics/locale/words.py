"""Everything the screen and the papers say about records and judgements, in one place to import from."""

from metrics.locale.calculations import attainment_lines, course_lines
from metrics.locale.demands import demand_phrase, demand_text
from metrics.locale.explanations import (
    attainment_sentence,
    course_disclaimer,
    course_reason,
    obstacle_sentence,
    rule_name,
    rule_reason,
    share_text,
    target_attainment_sentence,
    target_course_reason,
)
from metrics.locale.names import (
    action_words,
    choice,
    course_meaning,
    course_word,
    field_help,
    field_label,
    freshness_word,
    kind_help,
    kind_name,
    record_title,
)
from metrics.locale.refused import broken_rules, doubt_sentence, refusal_sentence, rule_sentence, validation_sentences

__all__ = [
    "action_words",
    "attainment_lines",
    "attainment_sentence",
    "broken_rules",
    "choice",
    "course_disclaimer",
    "course_lines",
    "course_meaning",
    "course_reason",
    "course_word",
    "demand_phrase",
    "demand_text",
    "doubt_sentence",
    "field_help",
    "field_label",
    "freshness_word",
    "kind_help",
    "kind_name",
    "obstacle_sentence",
    "record_title",
    "refusal_sentence",
    "rule_name",
    "rule_reason",
    "rule_sentence",
    "share_text",
    "target_attainment_sentence",
    "target_course_reason",
    "validation_sentences",
]
