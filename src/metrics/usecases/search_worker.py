"""The process of a search: a question comes in, how far it is and the answer go out, all between us and ourselves."""

from __future__ import annotations

import os
import pickle
import sys

from metrics.domain.portfolio.choice import Progress
from metrics.usecases.optimising import find_choice


def main() -> None:
    """Read a question, tell of the way, write the answer."""
    plan, solver, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a solver that prints, in C as well, must not come between

    def report(progress: Progress) -> bool:
        pickle.dump(progress, told)
        told.flush()
        return True

    pickle.dump(find_choice(plan, solver, seconds, report), told)
    told.flush()


if __name__ == "__main__":
    main()
