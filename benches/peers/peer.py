"""Run one peer solver on one instance file and print one JSON line.

Usage: python peer.py SOLVER FILE, or python peer.py --list for the solver names.

Maximise the total score: a row takes at most one column, a column at most its
capacity in rows, and a row may stay unassigned for a value of 0.

Instance file, little endian: magic b"MPI1", u32 rows, u32 columns,
u32[columns] capacities, then rows * columns u16 scores, 0xFFFF = not allowed.

Only the solve call is timed. Building the input in the form each library likes
best is free of charge in time, but counts in the peak memory. The memory is
VmHWM / 1024; the baseline is the same reading once the library is loaded.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

MAGIC = b"MPI1"
NOT_ALLOWED = 0xFFFF
BLOCK_ROWS = 64


class Pairs(NamedTuple):
    """Chosen (row, column) pairs, as two arrays of equal length."""

    rows: np.ndarray
    columns: np.ndarray


class Task(NamedTuple):
    """A prepared solver call and the reading of what it returns."""

    solve: Callable[[], Any]
    pairs: Callable[[Any], Pairs]


@dataclass(frozen=True)
class Instance:
    path: Path
    rows: int
    columns: int
    capacities: np.ndarray

    @classmethod
    def open(cls, path: Path) -> Instance:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError(f"{path} is not an instance file")
            rows, columns = (int(n) for n in np.fromfile(file, "<u4", 2))
            capacities = np.fromfile(file, "<u4", columns).astype(np.int64)
        return cls(path, rows, columns, capacities)

    @property
    def scores_offset(self) -> int:
        return len(MAGIC) + 4 * (2 + self.columns)

    def blocks(self) -> Iterator[tuple[slice, np.ndarray]]:
        """Scores a few rows at a time, pairs that are not allowed as 0.

        The peers are not charged for a second copy of the whole score matrix.
        """
        with self.path.open("rb") as file:
            file.seek(self.scores_offset)
            for first in range(0, self.rows, BLOCK_ROWS):
                count = min(BLOCK_ROWS, self.rows - first)
                block = np.fromfile(file, "<u2", count * self.columns)
                block[block == NOT_ALLOWED] = 0
                yield slice(first, first + count), block.reshape(count, self.columns)

    def useful_capacities(self) -> np.ndarray:
        """Capacities without the places that no row could gain from."""
        takers = np.zeros(self.columns, np.int64)
        for _, block in self.blocks():
            takers += np.count_nonzero(block, axis=0)
        return np.minimum(self.capacities, takers)

    def places(self) -> np.ndarray:
        """The column that owns each place, one entry per place."""
        return np.repeat(np.arange(self.columns), self.useful_capacities())

    def checked_total(self, pairs: Pairs) -> int:
        scores = np.memmap(
            self.path, "<u2", "r", self.scores_offset, (self.rows, self.columns)
        )
        values = scores[pairs.rows, pairs.columns].astype(np.int64)
        used = np.flatnonzero(values != NOT_ALLOWED)
        if len(np.unique(pairs.rows[used])) != len(used):
            raise ValueError("a row is assigned twice")
        load = np.bincount(pairs.columns[used], minlength=self.columns)
        if np.any(load > self.capacities):
            raise ValueError("a column is assigned beyond its capacity")
        return int(values[used].sum())


class CostMatrix:
    """Negated scores, one matrix column per place.

    The shorter side comes first, so that no library has to transpose a copy.
    """

    def __init__(self, instance: Instance, dtype: type[np.floating]) -> None:
        self.places = instance.places()
        self.swapped = instance.rows > len(self.places)
        by_row = np.empty(
            (instance.rows, len(self.places)), dtype, order="F" if self.swapped else "C"
        )
        for rows, block in instance.blocks():
            np.negative(block[:, self.places], out=by_row[rows], dtype=dtype)
        self.costs = by_row.T if self.swapped else by_row

    def pairs(self, first: np.ndarray, second: np.ndarray) -> Pairs:
        rows, places = (second, first) if self.swapped else (first, second)
        return Pairs(rows, self.places[places])


def scipy_dense(optimize: ModuleType, instance: Instance) -> Task:
    matrix = CostMatrix(instance, np.float64)
    return Task(
        lambda: optimize.linear_sum_assignment(matrix.costs),
        lambda result: matrix.pairs(*result),
    )


def scipy_sparse(csgraph: ModuleType, instance: Instance) -> Task:
    # Not at the top: the other solvers' processes must not load SciPy.
    from scipy.sparse import csr_array

    matrix = CostMatrix(instance, np.float64)
    costs = matrix.costs
    # The library drops zeros and wants a full matching: every pair stays, above 0.
    costs += 1 - costs.min()
    first, second = costs.shape
    columns = np.tile(np.arange(second, dtype=np.int32), first)
    starts = np.arange(first + 1, dtype=np.int32) * second
    graph = csr_array((costs.ravel(), columns, starts), shape=costs.shape)
    return Task(
        lambda: csgraph.min_weight_full_bipartite_matching(graph),
        lambda result: matrix.pairs(*result),
    )


def lapx_lapjv(lap: ModuleType, instance: Instance) -> Task:
    matrix = CostMatrix(instance, np.float32)
    return Task(
        lambda: lap.lapjv(matrix.costs, extend_cost=True, return_cost=False),
        lambda result: matrix.pairs(np.arange(len(result[0])), result[0]),
    )


def lapx_indices(name: str, lap: ModuleType, instance: Instance) -> Task:
    solver = getattr(lap, name)
    matrix = CostMatrix(instance, np.float32)
    return Task(
        lambda: solver(matrix.costs, extend_cost=True, return_cost=False),
        lambda result: matrix.pairs(*result),
    )


def ortools_flow(min_cost_flow: ModuleType, instance: Instance) -> Task:
    flow = min_cost_flow.SimpleMinCostFlow()

    def add_arcs(
        tails: np.ndarray, heads: np.ndarray, capacities: np.ndarray, costs: np.ndarray
    ) -> None:
        flow.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), capacities, costs
        )

    for rows, block in instance.blocks():
        row, column = np.nonzero(block)
        costs = -block[row, column].astype(np.int64)
        add_arcs(rows.start + row, instance.rows + column, np.ones_like(costs), costs)
    pair_arcs = flow.num_arcs()

    sink = instance.rows + instance.columns
    nodes = np.arange(sink)
    one_per_row = np.ones(instance.rows, np.int64)
    capacities = np.concatenate([one_per_row, instance.capacities])
    add_arcs(nodes, np.full_like(nodes, sink), capacities, np.zeros_like(nodes))
    flow.set_nodes_supplies(nodes[: instance.rows].astype(np.int32), one_per_row)
    flow.set_node_supply(sink, -instance.rows)

    def pairs(status: Any) -> Pairs:
        if status != flow.OPTIMAL:
            raise ValueError(f"no optimal flow: {status}")
        used = np.flatnonzero(flow.flows(np.arange(pair_arcs, dtype=np.int32)))
        rows = np.array([flow.tail(arc) for arc in used], np.int64)
        heads = np.array([flow.head(arc) for arc in used], np.int64)
        return Pairs(rows, heads - instance.rows)

    return Task(flow.solve, pairs)


class Solver(NamedTuple):
    module: str
    prepare: Callable[[ModuleType, Instance], Task]


SOLVERS = {
    "scipy-lsa": Solver("scipy.optimize", scipy_dense),
    "scipy-sparse": Solver("scipy.sparse.csgraph", scipy_sparse),
    "lapx-lapjv": Solver("lap", lapx_lapjv),
    "lapx-lapjvs": Solver("lap", partial(lapx_indices, "lapjvs")),
    "lapx-lapjvr": Solver("lap", partial(lapx_indices, "lapjvr")),
    "ortools-flow": Solver("ortools.graph.python.min_cost_flow", ortools_flow),
}


def peak_mb() -> float:
    """VmHWM, because ru_maxrss survives exec and would show the launcher too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure(name: str, path: Path) -> dict[str, str | int | float]:
    solver = SOLVERS[name]
    module = importlib.import_module(solver.module)
    baseline = peak_mb()
    instance = Instance.open(path)
    task = solver.prepare(module, instance)

    wall, cpu = time.perf_counter(), time.process_time()
    result = task.solve()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall

    # Read before the check of the result, which is not the library's expense.
    peak = peak_mb()
    return {
        "solver": name,
        "total": instance.checked_total(task.pairs(result)),
        "cpu_s": cpu,
        "wall_s": wall,
        "peak_mb": peak,
        "baseline_mb": baseline,
    }


def main() -> None:
    if sys.argv[1:] == ["--list"]:
        print("\n".join(SOLVERS))
        return
    name, path = sys.argv[1:]
    print(json.dumps(measure(name, Path(path))))


if __name__ == "__main__":
    main()
