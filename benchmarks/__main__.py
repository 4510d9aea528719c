"""`python -m benchmarks [NAME …]`: run the measurements and print their figures; exit code 1 if a limit was missed."""

import sys

from benchmarks.measures import run

sys.exit(0 if run(sys.argv[1:]) else 1)
