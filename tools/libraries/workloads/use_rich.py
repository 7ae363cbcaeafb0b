# python3-rich: tables, trees, markup, Markdown, syntax, columns, panels, progress and pretty printing to a recorded console.
import io
from dataclasses import dataclass, field

from rich import box
from rich.columns import Columns
from rich.console import Console, Group
from rich.json import JSON
from rich.layout import Layout
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.pretty import Pretty, pretty_repr
from rich.progress import BarColumn, Progress, TextColumn
from rich.rule import Rule
from rich.style import Style
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.theme import Theme
from rich.traceback import Traceback
from rich.tree import Tree


@dataclass
class Point:
    x: int
    y: list = field(default_factory=list)


def console(**options):
    return Console(file=io.StringIO(), width=72, force_terminal=True, color_system="truecolor", legacy_windows=False,
                   theme=Theme({"warn": "bold red"}), _environ={}, **options)


def show(*things, **options):
    c = console(**options)
    for thing in things:
        c.print(thing)
    print(c.file.getvalue())


table = Table(title="Films", box=box.DOUBLE_EDGE, show_lines=True, caption="end")
table.add_column("Date", justify="right", style="cyan", no_wrap=True)
table.add_column("Title", style="magenta", ratio=2)
table.add_column("Gross", justify="center", footer="total")
table.add_row("2019", "Star [i]Wars[/i]: the rise of a very long title that has to be wrapped", "$952,110,690")
table.add_row("2018", Text("漢字 wide 文字", "bold"), "[u]link[/u]", end_section=True)
show(table)
tree = Tree("root", guide_style="bold bright_blue")
for i in range(3):
    branch = tree.add(f"[green]b{i}")
    branch.add(Panel.fit(f"leaf {i}", border_style="red"))
show(tree)
show(Markdown("# Head\n\nSome *text* with `code` and **bold**.\n\n1. one\n2. two\n   - sub\n\n> quote\n\n```python\ndef f(x):\n    return x + 1\n```\n\n---\n"))
show(Syntax("class A:\n    def f(self, x: int = 3) -> str:\n        return f'{x!r}'  # comment\n", "python", line_numbers=True, theme="ansi_dark"))
show(Panel(Group("a", Rule("middle"), Padding("padded", (1, 4))), title="T", subtitle="s", box=box.ROUNDED))
show(Columns([f"item {i}" * (i % 3 + 1) for i in range(12)], equal=True, expand=True))
show(JSON('{"a": [1, 2.5, null, true, "x\\u00e9"], "b": {}}'), Pretty({"k": [Point(1, [2] * 30)], "t": (1,), "s": {3}}))
print(pretty_repr([Point(i, list(range(i))) for i in range(8)], max_width=40, max_length=5))
layout = Layout()
layout.split_column(Layout(name="top", size=3), Layout(name="rest"))
layout["rest"].split_row(Layout(Panel("l")), Layout(Panel("r"), ratio=2))
layout["top"].update(Panel("head"))
show(layout, height=12)
show("[warn]careful[/warn] [bold]b[/] 123 'str' True None http://x.y/z 1.5e3 ::smile: :smiley:", Text.from_ansi("\x1b[31mred\x1b[0m plain"))
text = Text("The quick brown fox jumps over the lazy dog")
text.highlight_words(["quick", "lazy"], "bold yellow")
text.stylize("italic", 4, 9)
show(*text.wrap(console(), 20, justify="full"))
print(text.markup, Style.parse("bold red on #102030").render("x"), Style.parse("not dim u") + Style(color="blue"))
c = console(record=True)
with Progress(TextColumn("{task.description}"), BarColumn(20), TextColumn("{task.percentage:.0f}"), console=c, auto_refresh=False) as progress:
    task = progress.add_task("work", total=4)
    for _ in range(4):
        progress.advance(task)
        progress.refresh()
c.print(table)
print(c.export_text(clear=False)[:600])
print(c.export_html(inline_styles=True)[:1500])
try:
    {}["x"]
except KeyError as e:
    trace = Traceback.extract(type(e), e, e.__traceback__)
    print(trace.stacks[0].exc_type, trace.stacks[0].exc_value, [(f.name, f.line) for f in trace.stacks[0].frames])
try:
    console().print("[a]x[/b]")
except Exception as e:
    print(type(e).__name__, e)
print(console().render_str("[b]x").spans, console().measure(table).maximum)
