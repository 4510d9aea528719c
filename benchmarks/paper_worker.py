"""`python -m benchmarks.paper_worker PAPER OUT`: the PDF of a frozen paper, made again and again."""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from metrics.papers.data_files import data_json, indicators_csv
from metrics.papers.model import Paper
from metrics.papers.modes import Mode
from metrics.papers.pdf import paper_pdf

TURNS = 12


def _cpu() -> float:
    """Processor seconds of this process and of all that it has started, whether they still run or not."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_of_process, _running()))


def _running() -> list[str]:
    tasks = Path("/proc/self/task").iterdir()
    return [child for task in tasks for child in (task / "children").read_text().split()]


def _of_process(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(paper_file: Path, target: Path) -> None:
    """Write the PDF and tell the processor seconds of each turn, the first one cold.

    Each turn has another title, as a paper that is being written has.
    """
    paper = Paper.model_validate_json(paper_file.read_bytes())
    data, csv = data_json(paper), indicators_csv(paper)
    turns = []
    for turn in range(TURNS):
        head = paper.head.model_copy(update={"title": f"{paper.head.title} ({turn})"})
        before = _cpu()
        target.write_bytes(paper_pdf(paper.model_copy(update={"head": head}), Mode.full, data, csv))
        turns.append(_cpu() - before)
    print(json.dumps(turns))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
