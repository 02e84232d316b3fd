// LEMON's network simplex (https://lemon.cs.elte.hu, Boost licence) on a file of lists; prints one JSON line, as lists.py does.
// Build: g++ -O3 -o simplex simplex.cpp (Debian: liblemon-dev)
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <sys/resource.h>
#include <vector>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, std::int32_t, std::int64_t>;

static double peak_mb() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024.0;
}

static std::vector<std::uint32_t> read(std::FILE* file, std::size_t count) {
    std::vector<std::uint32_t> numbers(count);
    if (std::fread(numbers.data(), 4, count, file) != count) throw std::runtime_error("the file is too short");
    return numbers;
}

int main(int, char** arguments) {
    const double baseline = peak_mb();
    std::FILE* file = std::fopen(arguments[1], "rb");
    if (!file) throw std::runtime_error("no such file");
    if (read(file, 1)[0] != 0x314C504D) throw std::runtime_error("no file of lists");  // "MPL1"
    const auto sizes = read(file, 3);
    const std::uint32_t rows = sizes[0], columns = sizes[1], best = sizes[2];
    const auto capacities = read(file, columns);

    Graph graph;
    graph.reserveNode(rows + columns + 1);
    for (std::uint32_t node = 0; node <= rows + columns; node++) graph.addNode();
    const Graph::Node sink = graph.nodeFromId(rows + columns);
    std::vector<std::int32_t> capacity;
    std::vector<std::int32_t> score;
    for (std::uint32_t row = 0; row < rows; row++) {
        const auto entries = read(file, 2 * std::size_t(best));
        for (std::uint32_t at = 0; at < best; at++) {
            if (entries[2 * at] == 0xFFFFFFFF) continue;
            graph.addArc(graph.nodeFromId(row), graph.nodeFromId(rows + entries[2 * at]));
            capacity.push_back(1);
            score.push_back(std::int32_t(entries[2 * at + 1]));
        }
    }
    std::fclose(file);
    const std::size_t pairs = score.size();
    for (std::uint32_t node = 0; node < rows + columns; node++) {
        graph.addArc(graph.nodeFromId(node), sink);
        capacity.push_back(node < rows ? 1 : std::int32_t(capacities[node - rows]));
        score.push_back(0);
    }
    Graph::ArcMap<std::int32_t> upper(graph);
    Graph::ArcMap<std::int64_t> cost(graph);
    for (std::size_t arc = 0; arc < score.size(); arc++) {
        upper[graph.arcFromId(arc)] = capacity[arc];
        cost[graph.arcFromId(arc)] = -std::int64_t(score[arc]);
    }
    Graph::NodeMap<std::int32_t> supply(graph, 0);
    for (std::uint32_t row = 0; row < rows; row++) supply[graph.nodeFromId(row)] = 1;
    supply[sink] = -std::int32_t(rows);

    Simplex simplex(graph);
    simplex.upperMap(upper).costMap(cost).supplyMap(supply);
    const auto wall = std::chrono::steady_clock::now();
    const std::clock_t cpu = std::clock();
    if (simplex.run() != Simplex::OPTIMAL) throw std::runtime_error("no optimal flow");
    const double cpu_s = double(std::clock() - cpu) / CLOCKS_PER_SEC;
    const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
    long long total = 0, used = 0;
    for (std::size_t arc = 0; arc < pairs; arc++) {
        if (simplex.flow(graph.arcFromId(arc)) > 0) {
            total += score[arc];
            used++;
        }
    }
    std::printf(
        "{\"total\": %lld, \"pairs\": %lld, \"cpu_s\": %.5f, \"wall_s\": %.5f, \"peak_mb\": %.1f, \"baseline_mb\": %.1f}\n",
        total, used, cpu_s, wall_s, peak_mb(), baseline);
}
