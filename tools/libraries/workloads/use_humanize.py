# python3-humanize python3-tabulate python3-prettytable python3-docopt: what people read, and versions that packages say of themselves.
import datetime
import importlib.metadata

import docopt
import humanize
import prettytable
import tabulate

print(humanize.naturalsize(123456789), humanize.intcomma(1234567), humanize.ordinal(3), humanize.intword(1200000000))
print(humanize.naturaltime(datetime.timedelta(seconds=3700)), humanize.naturaldelta(datetime.timedelta(days=400)), humanize.fractional(0.3))
print(humanize.__version__ == importlib.metadata.version("humanize"))
for layout in ("plain", "grid", "github", "html", "latex", "fancy_grid"):
    print(tabulate.tabulate([[1, "a"], [2.5, None]], headers=["x", "y"], tablefmt=layout))
table = prettytable.PrettyTable(["a", "b"])
table.add_row([1, 2])
table.add_row(["x", "yy"])
table.align["a"] = "l"
print(table)
print(table.get_html_string())
print(docopt.docopt("""Usage: prog [--loud] <x> [<y>...]

Options: --loud  say more""", ["--loud", "1", "2", "3"]))
