"""Compare a whole year, every allowed pair, with what a peer makes of short lists.

    python3 benches/peers/lists.py [--sizes 86000] [--best 50] [--runs 1]
        [--keep-env DIR]

Nobody holds every pair of tens of thousands of people in memory, so peers get each
row's best columns only, and lose what lies outside. Ours goes from participant
records over every allowed pair to the checked certificate; then it solves the same
lists. OR-tools and LEMON's network simplex are timed for the solve alone. Each runs
in its own process. LEMON needs a compiler and its headers (Debian: g++, liblemon-dev)
and is left out without them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from run import HERE, PROGRAM, fill, positive, sizes, workspace

COLUMNS = ("", "CPU s", "wall s", "peak MB above baseline", "total score", "pairs")


def flow(path: Path) -> None:
    """OR-tools' min-cost flow on a file of lists; prints one JSON line."""
    import numpy as np
    from ortools.graph.python import min_cost_flow
    from peer import peak_mb

    baseline = peak_mb()
    with path.open("rb") as file:
        if file.read(4) != b"MPL1":
            raise ValueError(f"{path} is no file of lists")
        rows, columns, best = (int(n) for n in np.fromfile(file, "<u4", 3))
        capacities = np.fromfile(file, "<u4", columns).astype(np.int64)
        entries = np.fromfile(file, "<u4", 2 * rows * best).reshape(-1, 2)
    row = np.repeat(np.arange(rows, dtype=np.int32), best)
    there = entries[:, 0] != 0xFFFFFFFF
    row, column = row[there], entries[there, 0].astype(np.int32)
    score = entries[there, 1].astype(np.int64)
    del entries, there

    network = min_cost_flow.SimpleMinCostFlow()
    add = network.add_arcs_with_capacity_and_unit_cost
    add(row, rows + column, np.ones_like(score), -score)
    sink = rows + columns
    nodes = np.arange(sink, dtype=np.int32)
    one = np.ones(rows, np.int64)
    to_sink = np.full_like(nodes, sink)
    add(nodes, to_sink, np.concatenate([one, capacities]), np.zeros(sink, np.int64))
    network.set_nodes_supplies(nodes[:rows], one)
    network.set_node_supply(sink, -rows)

    wall, cpu = time.perf_counter(), time.process_time()
    status = network.solve()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = peak_mb()
    if status != network.OPTIMAL:
        raise ValueError(f"no optimal flow: {status}")
    used = network.flows(np.arange(len(score), dtype=np.int32)) > 0
    report = {"total": int(score[used].sum()), "pairs": int(used.sum())}
    times = {"cpu_s": cpu, "wall_s": wall, "peak_mb": peak, "baseline_mb": baseline}
    print(json.dumps(report | times))


def simplex(folder: Path) -> Path | None:
    """LEMON's network simplex, built here; nothing if that cannot be."""
    program = folder / "simplex"
    source = str(HERE / "simplex.cpp")
    command = ["g++", "-O3", "-w", "-o", str(program), source]
    try:
        built = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        print("LEMON is left out: there is no g++", file=sys.stderr)
        return None
    if built.returncode:
        print(f"LEMON is left out: {built.stderr}", file=sys.stderr)
        return None
    return program


def measured(command: list[str], runs: int) -> dict[str, float]:
    """The median of each number over some runs."""
    reports = []
    for _ in range(runs):
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        reports.append(json.loads(done.stdout))
    keys = ("cpu_s", "wall_s", "peak_mb", "baseline_mb", "total", "pairs")
    return {key: statistics.median(report[key] for report in reports) for key in keys}


def row(name: str, it: dict[str, float]) -> str:
    memory = it["peak_mb"] - it["baseline_mb"]
    cells = [name, f"{it['cpu_s']:.2f}", f"{it['wall_s']:.2f}", f"{memory:.0f}"]
    cells += [f"{int(it['total']):,}", f"{int(it['pairs']):,}"]
    return "| " + " | ".join(cells) + " |"


def compare(size: int, best: int, runs: int, python: Path, folder: Path) -> bool:
    file = folder / f"{size}.lists"
    command = f"{PROGRAM} lists {{size}} {best} {{file}}"
    subprocess.run(fill(command, size, file), check=True)
    whole = measured(fill(f"{PROGRAM} ours {{size}}", size, file), runs)
    ours = measured(fill(f"{PROGRAM} listed {{file}}", size, file), runs)
    peer = measured([str(python), str(HERE / "lists.py"), "--flow", str(file)], runs)
    network = simplex(folder)
    other = measured([str(network), str(file)], runs) if network else None
    file.unlink()

    print(f"## Size {size}, lists of {best}, medians of {runs} runs\n")
    print("| " + " | ".join(COLUMNS) + " |\n|---" + "|---:" * 5 + "|")
    print(row("every allowed pair, records to certificate", whole))
    print(row("lists, ours", ours))
    print(row("lists, OR-tools", peer))
    if other:
        print(row("lists, LEMON's network simplex", other))
    lost = 100 * (1 - peer["total"] / whole["total"])
    print(f"\nevery pair / OR-tools on lists, CPU: {whole['cpu_s'] / peer['cpu_s']:.2f}")
    print(f"lists, ours / OR-tools, CPU: {ours['cpu_s'] / peer['cpu_s']:.2f}")
    print(f"the lists miss {lost:.2f} % and {int(whole['pairs'] - peer['pairs'])} pairs\n")
    return all(it["total"] == peer["total"] for it in (ours, other) if it)


def main() -> int:
    parser = argparse.ArgumentParser(description="Every pair against short lists.")
    add = parser.add_argument
    add("--sizes", type=sizes, default=[86000], help="comma separated")
    add("--best", type=positive, default=50, help="columns in a row's list")
    add("--runs", type=positive, default=1)
    add("--keep-env", metavar="DIR", type=Path, help="virtualenv to make or to reuse")
    add("--flow", metavar="FILE", type=Path, help="solve a file of lists by OR-tools")
    options = parser.parse_args()
    if options.flow:
        flow(options.flow)
        return 0
    with workspace(options.keep_env) as (python, folder):
        agreed = [
            compare(size, options.best, options.runs, python, folder)
            for size in options.sizes
        ]
    return 0 if all(agreed) else 1


if __name__ == "__main__":
    sys.exit(main())
