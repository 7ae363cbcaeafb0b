#!/usr/bin/env python3
"""Makes docs/benchmarks.md and docs/benchmarks.svg of what bench.py --results measured.

    page.py RESULTS [--page docs/benchmarks.md] [--note TEXT]
"""
import argparse
import json
import math
import pathlib
import statistics

from engines import REPOSITORY
from suites import GROUPS

INTRODUCTION = """\
# Benchmarks

Made by `tools/bench/bench.py` and `tools/bench/page.py`; times are processor time, ratios are of runs made in turn on one machine.
{note}

How it was measured: programs of `tools/bench/programs`, `tools/bench/users` and `examples/` as whole processes, start-up included, median
of runs ({runs}). pyperformance's programs (fetched from their own repository, not part of this one) run under a stand-in for their timer,
`tools/bench/stand_in`: *start* is the mean from the beginning, over as long for all, *warm* the median of what follows, where only PyPy is
given more time. Peak memory is the process's. PyPy is {pypy}; where it runs a pure Python version of what is native elsewhere (`decimal`,
`pickle`, `json`, `xml`), that is what is timed.

![Times as fast as CPython 3.11](benchmarks.svg)
"""
GROUP_HEAD = """
## Groups

| group | programs | krait | aim | PyPy start | PyPy warm | slowest of krait |
|---|---|---|---|---|---|---|
"""
TABLE_HEAD = """
| program | CPython, s | krait: times as fast | PyPy start | PyPy warm | peak MB: CPython | krait | PyPy |
|---|---|---|---|---|---|---|---|
"""


def mean(ratios):
    ratios = [r for r in ratios if r]
    return math.exp(statistics.fmean(map(math.log, ratios))) if ratios else None


def ratio(figures, engine, when="start"):
    base, of = figures.get("python"), figures.get(engine)
    return base["start"] / max(of[when], 1e-9) if base and of else None


def shown(value, digits=2):
    return f"{value:.{digits}f}" if value is not None else "–"


def group_rows(results):
    for group, (aim, members) in GROUPS.items():
        of = {n: f for n, f in results.items() if any(n.startswith(m) for m in members)}
        ratios = {n: ratio(f, "krait") for n, f in of.items() if ratio(f, "krait")}
        if not ratios:
            continue
        slowest = min(ratios, key=ratios.get)
        yield (f"| {group} | {len(of)} | **{shown(mean(ratios.values()))}** | {aim} | {shown(mean(ratio(f, 'pypy') for f in of.values()))} | "
               f"{shown(mean(ratio(f, 'pypy', 'warm') for f in of.values()))} | {slowest.partition('/')[2]} {ratios[slowest]:.2f} |")


def table_rows(results):
    for name, f in sorted(results.items()):
        peaks = [shown(f[e]["peak"], 0) if f.get(e) else "–" for e in ("python", "krait", "pypy")]
        yield (f"| {name.partition('/')[2]} | {f['python']['start']:.4g} | **{shown(ratio(f, 'krait'))}** | {shown(ratio(f, 'pypy'))} | "
               f"{shown(ratio(f, 'pypy', 'warm'))} | {' | '.join(peaks)} |")


def summary(results):
    krait = {n: r for n, f in results.items() if (r := ratio(f, "krait"))}
    memory = [f["krait"]["peak"] / f["python"]["peak"] for f in results.values() if f.get("krait") and f.get("python")]
    below = sorted((r, n.partition("/")[2]) for n, r in krait.items() if r < 1)
    slower = sorted((r / w, n.partition("/")[2]) for n, r in krait.items() if (w := ratio(results[n], "pypy", "warm")) and r < w / 2)
    failing = [n for n, f in results.items() if not f.get("krait")]
    yield f"Over all {len(results)}: krait **{shown(mean(krait.values()))}**, PyPy as it starts {shown(mean(ratio(f, 'pypy') for f in results.values()))}, "
    yield f"warm {shown(mean(ratio(f, 'pypy', 'warm') for f in results.values()))}. Peak memory of krait against CPython's: {shown(mean(memory))}.\n"
    yield f"\nSlower than CPython ({len(below)}): " + (", ".join(f"{n} {r:.2f}" for r, n in below) or "none") + ".\n"
    yield f"\nUnder half of PyPy after warm-up ({len(slower)}): " + (", ".join(f"{n} ({1 / q:.1f} times)" for q, n in slower) or "none") + ".\n"
    if failing:
        yield f"\nNot running: {', '.join(failing)}.\n"


# ---- the plot -------------------------------------------------------------
ROW, LEFT, WIDTH, TOP = 15, 230, 640, 46
COLOURS = {"krait": "#3465a4", "pypy": "#cc5500"}


def plot(results):
    """Bars of krait on a logarithmic scale, a ring for PyPy as it starts and a dot for PyPy warm."""
    names = sorted((n for n in results if ratio(results[n], "krait")), key=lambda n: -ratio(results[n], "krait"))
    every = [r for n in names for e, w in (("krait", "start"), ("pypy", "start"), ("pypy", "warm")) if (r := ratio(results[n], e, w))]
    low, high = min([0.5, *every]), max([4, *every])

    def x(r):
        return LEFT + WIDTH * math.log(r / low) / math.log(high / low)

    height = TOP + ROW * len(names) + 12
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 60} {height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{LEFT + WIDTH + 60}" height="{height}" fill="white"/>',
           f'<text x="{LEFT}" y="14" font-size="13">times as fast as CPython 3.11 (logarithmic): '
           f'<tspan fill="{COLOURS["krait"]}">▬ krait</tspan> <tspan fill="{COLOURS["pypy"]}">○ PyPy as it starts ● warm</tspan></text>']
    for tick in (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100):
        if low <= tick <= high:
            width = 1.5 if tick == 1 else 0.5
            out.append(f'<line x1="{x(tick):.1f}" y1="{TOP - 12}" x2="{x(tick):.1f}" y2="{height - 8}" stroke="#999" stroke-width="{width}"/>'
                       f'<text x="{x(tick):.1f}" y="{TOP - 16}" text-anchor="middle" fill="#555">{tick:g}</text>')
    for i, name in enumerate(names):
        y = TOP + ROW * i
        r = ratio(results[name], "krait")
        a, b = sorted((x(1), x(r)))
        out.append(f'<text x="{LEFT - 8}" y="{y + 8}" text-anchor="end">{name}</text>'
                   f'<rect x="{a:.1f}" y="{y}" width="{max(b - a, 1):.1f}" height="9" fill="{COLOURS["krait"]}" opacity="{1 if r >= 1 else 0.5}"/>'
                   f'<text x="{LEFT + WIDTH + 8}" y="{y + 8}">{r:.2f}</text>')
        for when, fill in (("start", "none"), ("warm", COLOURS["pypy"])):
            if p := ratio(results[name], "pypy", when):
                out.append(f'<circle cx="{x(p):.1f}" cy="{y + 4.5}" r="3" fill="{fill}" stroke="{COLOURS["pypy"]}"/>')
    return "\n".join(out) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--page", type=pathlib.Path, default=REPOSITORY / "docs/benchmarks.md")
    parser.add_argument("--note", default="", help="which build, which machine")
    parser.add_argument("--runs", default="three of each")
    parser.add_argument("--pypy", default="PyPy 7.3.11 (Python 3.9)")
    options = parser.parse_args()
    results = {n: f for n, f in json.loads(options.results.read_text()).items() if f.get("python")}
    suites = {}
    for name, figures in results.items():
        suites.setdefault(name.partition("/")[0], {})[name] = figures
    page = [INTRODUCTION.format(note=options.note, runs=options.runs, pypy=options.pypy), "\n", *summary(results), GROUP_HEAD, "\n".join(group_rows(results)), "\n"]
    for suite, of in suites.items():
        page += [f"\n## {suite}\n", TABLE_HEAD, "\n".join(table_rows(of)), "\n"]
    options.page.write_text("".join(page))
    options.page.with_suffix(".svg").write_text(plot(results))


if __name__ == "__main__":
    main()
