"""Figures: one payload in, one Plotly figure out.

Every file holds a frozen payload, `WORDS` (the keys its `words` must carry, already translated), `draw(payload, dark,
language)` and `table(payload)`, which gives the same numbers as rows for the table beside the chart.
"""
