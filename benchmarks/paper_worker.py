"""`python -m benchmarks.paper_worker PAPER OUT`: the PDF of a frozen paper, made again and again."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from metrics.papers.data_files import data_json, indicators_csv
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.papers.pdf import paper_pdf

TURNS = 4


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(paper_file: Path, target: Path) -> None:
    """Write the PDF and tell the processor seconds of each turn, the first one cold."""
    paper = Paper.model_validate_json(paper_file.read_bytes())
    data, csv = data_json(paper), indicators_csv(paper)
    turns = []
    for _ in range(TURNS):
        before = _cpu()
        target.write_bytes(paper_pdf(paper, Mode.full, data, csv))
        turns.append(_cpu() - before)
    print(json.dumps(turns))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
