"""Draws docs/pictures/cost.svg from the figures of docs/benchmarks.md: python3 benches/chart.py"""

from math import log10
from pathlib import Path

OURS = [(2_000, 0.032), (10_000, 0.26), (86_000, 5.7), (300_000, 48), (1_500_000, 1036)]
PEER = [(2_000, 0.134), (10_000, 8.9)]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 64, 24, 40, 48
SIZES, SECONDS = (1_000, 3_000_000), (0.01, 10_000)
STYLE = """
svg{font:13px system-ui,sans-serif;--ink:#1c1c1c;--line:#d0d0d0;--ours:#0b5fa5;--peer:#9a4a00;background:#fff}
@media (prefers-color-scheme:dark){svg{--ink:#eee;--line:#444;--ours:#7cc0ff;--peer:#ffb066;background:#161616}}
text{fill:var(--ink)}.grid{stroke:var(--line)}.ours{stroke:var(--ours);fill:var(--ours)}.peer{stroke:var(--peer);fill:var(--peer)}
polyline{fill:none!important;stroke-width:2}.label{stroke:none}
"""


def place(size, seconds):
    def share(value, bounds):
        low, high = map(log10, bounds)
        return (log10(value) - low) / (high - low)

    x = LEFT + share(size, SIZES) * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - share(seconds, SECONDS) * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)


def curve(points, name, label, dx, dy, anchor="start"):
    at = [place(*point) for point in points]
    yield f'<polyline class="{name}" points="{" ".join(f"{x},{y}" for x, y in at)}"/>'
    yield from (f'<circle class="{name}" cx="{x}" cy="{y}" r="4"/>' for x, y in at)
    x, y = at[-1]
    yield f'<text class="{name} label" x="{x + dx}" y="{y + dy}" text-anchor="{anchor}">{label}</text>'


def chart():
    about = "Processor seconds by number of mentees, both by powers of ten: 0.03 at 2,000, 0.3 at 10,000, 6 at 86,000, 48 at 300,000 and 1,036 at 1,500,000; the fastest peer takes 0.13 at 2,000 and 9 at 10,000"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{about}"><style>{STYLE}</style>'
    for size, label in [(2_000, "2,000"), (10_000, "10,000"), (86_000, "86,000"), (300_000, "300,000"), (1_500_000, "1,500,000")]:
        x, y = place(size, SECONDS[0])
        yield f'<line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{y}"/><text x="{x}" y="{y + 18}" text-anchor="middle">{label}</text>'
    for seconds, label in [(0.01, "0.01"), (0.1, "0.1"), (1, "1"), (10, "10"), (100, "100"), (1_000, "1,000"), (10_000, "10,000")]:
        x, y = place(SIZES[0], seconds)
        yield f'<line class="grid" x1="{x}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"/><text x="{x - 8}" y="{y + 4}" text-anchor="end">{label}</text>'
    yield f'<text x="8" y="22">processor seconds</text><text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">mentees</text>'
    yield from curve(OURS, "ours", "Mentorpar, with proof", -12, -8, "end")
    yield from curve(PEER, "peer", "fastest peer", 10, -6)
    yield "</svg>"


Path(__file__).parent.parent.joinpath("docs/pictures/cost.svg").write_text("\n".join(chart()) + "\n")
