"""Compare this project's solver with well-known ones, each run in its own process.

    python3 benches/peers/run.py [--sizes 2000,10000] [--runs 5] [--limit 300]
        [--keep-env DIR]

The instances are made-up national years of the product's demo, written by its example
`peers` (the format is in peer.py). Peers get a ready matrix and are timed for the solve
alone; ours is timed from participant records to the checked certificate. The exit code
is 1 when the total scores differ.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
OURS = "ours"
PROGRAM = "cargo run --quiet --release --package mentorpar --example peers --"
# A thread pool would add to the baseline and to the CPU time, but solve nothing.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
HEADER = (
    "solver",
    "CPU s",
    "wall s",
    "peak MB above baseline",
    "total score",
    "ours/peer CPU",
    "ours/peer memory",
)


@dataclass(frozen=True)
class Report:
    total: int
    cpu_s: float
    wall_s: float
    memory_mb: float

    @classmethod
    def parse(cls, line: str) -> Report:
        fields = json.loads(line)
        memory = fields["peak_mb"] - fields["baseline_mb"]
        return cls(fields["total"], fields["cpu_s"], fields["wall_s"], memory)


@dataclass(frozen=True)
class Summary:
    """The medians of a solver's reports, and every total it found."""

    totals: frozenset[int]
    cpu_s: float
    wall_s: float
    memory_mb: float

    @classmethod
    def of(cls, reports: list[Report]) -> Summary:
        return cls(
            frozenset(report.total for report in reports),
            statistics.median(report.cpu_s for report in reports),
            statistics.median(report.wall_s for report in reports),
            statistics.median(report.memory_mb for report in reports),
        )


Commands = dict[str, list[str]]
# None stands for a solver that was killed or that failed.
Results = dict[str, Summary | None]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Compare our solver with its peers on the same instances."
    )
    add = parser.add_argument
    add("--sizes", type=sizes, default=[2000, 10000], help="comma separated")
    add("--runs", type=positive, default=5, help="rounds after the warm-up round")
    add("--limit", type=positive, default=300, help="seconds before a solver is killed")
    add("--keep-env", metavar="DIR", type=Path, help="virtualenv to make or to reuse")
    return parser.parse_args()


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


def sizes(text: str) -> list[int]:
    return [positive(size) for size in text.split(",")]


@contextlib.contextmanager
def workspace(keep_env: Path | None) -> Iterator[tuple[Path, Path]]:
    """The interpreter of the peers, and a folder for instance files."""
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        env = (keep_env or Path(folder, "env")).resolve()
        python = env / "bin" / "python"
        if not python.exists():
            venv.create(env, with_pip=True, symlinks=True)
        requirements = str(HERE / "requirements.txt")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "--quiet", "-r", requirements], check=True)
        yield python, Path(folder)


def fill(template: str, size: int, file: Path) -> list[str]:
    return [
        word.replace("{size}", str(size)).replace("{file}", str(file))
        for word in shlex.split(template)
    ]


def solver_commands(python: Path, size: int, file: Path) -> Commands:
    peer = [str(python), str(HERE / "peer.py")]
    listing = subprocess.run([*peer, "--list"], check=True, stdout=subprocess.PIPE)
    commands = {
        name: [*peer, name, str(file)] for name in listing.stdout.decode().split()
    }
    commands["pathfinding"] = fill(f"{PROGRAM} pathfinding {{file}}", size, file)
    commands[OURS] = fill(f"{PROGRAM} ours {{size}}", size, file)
    return commands


def run_solver(name: str, command: list[str], limit: int) -> Report | None:
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | ONE_THREAD,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        print(f"{name}: killed after {limit} s", file=sys.stderr)
        return None
    finally:
        stop(process)
    if process.returncode != 0:
        print(f"{name}: exit code {process.returncode}", file=sys.stderr)
        return None
    return Report.parse(output)


def stop(process: subprocess.Popen[str]) -> None:
    """End the whole session: a command may have started the solver as its child."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def run_rounds(commands: Commands, runs: int, limit: int) -> Results:
    """Round robin, so that a slow spell of the machine meets every solver."""
    reports: dict[str, list[Report]] = {name: [] for name in commands}
    for _ in range(1 + runs):
        for name in list(reports):
            report = run_solver(name, commands[name], limit)
            if report is None:
                del reports[name]
            else:
                reports[name].append(report)
    return {
        name: Summary.of(reports[name][1:]) if name in reports else None
        for name in commands
    }


def ratio(ours: float, peer: float) -> str:
    return f"{ours / peer:.2f}" if peer > 0 else "-"


def cells(name: str, summary: Summary | None, ours: Summary | None) -> list[str]:
    if summary is None:
        return [name] + ["-"] * (len(HEADER) - 1)
    return [
        name,
        f"{summary.cpu_s:.4f}",
        f"{summary.wall_s:.4f}",
        f"{summary.memory_mb:.1f}",
        " / ".join(str(total) for total in sorted(summary.totals)),
        ratio(ours.cpu_s, summary.cpu_s) if ours else "-",
        ratio(ours.memory_mb, summary.memory_mb) if ours else "-",
    ]


def print_table(results: Results) -> None:
    ours = results.get(OURS)
    print("| " + " | ".join(HEADER) + " |")
    print("|---" + "|---:" * (len(HEADER) - 1) + "|")
    for name, summary in results.items():
        print("| " + " | ".join(cells(name, summary, ours)) + " |")
    print()


def print_best(results: Results) -> None:
    peers = {name: peer for name, peer in results.items() if peer and name != OURS}
    ours = results.get(OURS)
    if not (ours and peers):
        return
    fastest = min(peers, key=lambda name: peers[name].cpu_s)
    leanest = min(peers, key=lambda name: peers[name].memory_mb)
    time_ratio = ratio(ours.cpu_s, peers[fastest].cpu_s)
    memory_ratio = ratio(ours.memory_mb, peers[leanest].memory_mb)
    print(f"ours / fastest peer ({fastest}), CPU time: {time_ratio}")
    print(f"ours / leanest peer ({leanest}), memory: {memory_ratio}")


def print_agreement(results: Results) -> bool:
    """Peers without a result have no say, but ours and one other must have one."""
    finished = [summary for summary in results.values() if summary]
    totals = frozenset[int]().union(*(summary.totals for summary in finished))
    ours_failed = OURS in results and results[OURS] is None
    agree = len(totals) == 1 and len(finished) > 1 and not ours_failed
    verdict = "AGREE" if agree else "DISAGREE"
    print(f"{verdict} ({len(finished)} of {len(results)} solvers finished)\n")
    return agree


def compare(size: int, options: argparse.Namespace, python: Path, folder: Path) -> bool:
    file = folder / f"{size}.instance"
    subprocess.run(fill(f"{PROGRAM} instance {{size}} {{file}}", size, file), check=True)
    commands = solver_commands(python, size, file)
    results = run_rounds(commands, options.runs, options.limit)
    file.unlink()

    print(f"## Size {size}, medians of {options.runs} runs\n")
    print_table(results)
    print_best(results)
    return print_agreement(results)


def main() -> int:
    options = arguments()
    with workspace(options.keep_env) as (python, folder):
        agreed = [compare(size, options, python, folder) for size in options.sizes]
    return 0 if all(agreed) else 1


if __name__ == "__main__":
    sys.exit(main())
