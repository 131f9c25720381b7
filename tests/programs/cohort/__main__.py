"""The whole cohort: ``python -m tests.programs.cohort 1000`` prints the table, and fails on a breach."""

import sys
from multiprocessing import Pool

from tests.programs.cohort.drive import Course, follow
from tests.programs.cohort.summary import faults, table
from tests.programs.engine.standard import library


def one(seed: int) -> Course:
    return follow(seed, library())


def main(people: int) -> int:
    with Pool() as pool:
        courses = pool.map(one, range(people), chunksize=10)
    print(table(courses))
    found = faults(courses)
    print("\n".join(found) or "No invariant was broken.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
