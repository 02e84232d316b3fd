"""Counts the instructions of small solves, which no neighbour on the machine can disturb, and compares them with what they
were: python3 benches/instructions.py [--write]

Needs valgrind. It has no AVX-512, so that these are the numbers of the AVX2 kernel. Exits with 1 if an instance needs a
fiftieth more than benches/instructions.csv says; --write puts down the new numbers.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE / "instructions.csv"
SIZE = 400
INSTANCES = ["features", "thousand levels", "two levels", "shortage, most pairs", "one order for all", "chain"]
BUILD = ["cargo", "build", "--release", "-p", "matching", "--example", "hard", "--message-format", "json"]


def built():
    lines = subprocess.run(BUILD, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent).stdout.splitlines()
    return next(path for line in lines if (path := json.loads(line).get("executable")))


def count(program, instance):
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, str(SIZE), instance]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", told)[1])


def main():
    kept = {row["instance"]: int(row["instructions"]) for row in csv.DictReader(KEPT.open())} if KEPT.exists() else {}
    program = built()
    counts = {instance: count(program, instance) for instance in INSTANCES}
    slower = False
    for instance, now in counts.items():
        was = kept.get(instance, now)
        slower |= now > was * 1.02
        print(f"{instance:24} {now:14,} {now / was - 1:+7.1%}")
    if "--write" in sys.argv:
        with KEPT.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("instance", "instructions"), *counts.items()])
    elif slower:
        sys.exit("more instructions than before: find out why, or write the new numbers down with --write")


if __name__ == "__main__":
    main()
