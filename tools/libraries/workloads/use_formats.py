# python3-dateutil python3-yaml python3-tabulate python3-prettytable python3-docopt python3-toml python3-jsonschema python3-more-itertools: dates, tables, documents.
import datetime
import re

import docopt
import jsonschema
import more_itertools as mi
import prettytable
import tabulate
import toml
import yaml
from dateutil import easter, parser, relativedelta, rrule, tz

for text in ("2003-09-25T10:49:41.5-03:00", "Thu Sep 25 10:36:28 2003", "25/9/03", "10 h 36 m", "Sep of 03", "3rd of May 2001", "20030925T1049", "tomorrow", "0:00 PM"):
    try:
        print(parser.parse(text, default=datetime.datetime(2020, 1, 2)))
    except parser.ParserError as e:
        print(e)
print(datetime.date(2020, 1, 31) + relativedelta.relativedelta(months=1, weekday=relativedelta.FR(-1)), relativedelta.relativedelta(datetime.date(2021, 3, 1), datetime.date(2019, 12, 25)))
print([str(d.date()) for d in rrule.rrulestr("DTSTART:20200101T000000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=4\nEXDATE:20200228T000000")], easter.easter(2024))
print([d.day for d in rrule.rrule(rrule.WEEKLY, byweekday=(rrule.MO, rrule.SU), count=5, dtstart=datetime.datetime(2020, 2, 3), interval=2)])
print(tz.tzstr("EST5EDT").utcoffset(datetime.datetime(2020, 7, 1)), tz.tzoffset("X", 3600), datetime.datetime(2020, 3, 8, 2, 30, tzinfo=tz.tzstr("EST5EDT")).utcoffset(), tz.resolve_imaginary(datetime.datetime(2020, 3, 8, 2, 30, tzinfo=tz.tzstr("EST5EDT"))))

document = """
base: &b {x: 1, y: [1, 2.5, ~, yes, 0x1F, 1_000, .inf]}
more:
  <<: *b
  z: |
    kept
      lines
  f: >-
    folded
    text
date: 2001-12-14t21:59:43.10-05:00
? complex key
: !!set {a, b}
py: !!python/tuple [1, 2]
bin: !!binary aGVsbG8=
"""
try:
    print(yaml.load(document, yaml.SafeLoader))
except yaml.YAMLError as e:
    print(type(e).__name__, str(e)[:200])
data = yaml.load(document.replace("!!python/tuple", ""), yaml.SafeLoader)
print(data)
print(yaml.dump(data, Dumper=yaml.SafeDumper, default_flow_style=None, width=60, allow_unicode=True))
print(yaml.load("!!python/tuple [1, 2]", yaml.FullLoader), list(yaml.load_all("a\n---\nb: [1\n, 2]\n...\n", yaml.SafeLoader)))
for bad in ("a: b: c", "[1, 2", "\tx", "*none", "a: 1\n b: 2", "%YAML 3.0\n---\nx", "!!int x"):
    try:
        print(yaml.safe_load(bad))
    except (yaml.YAMLError, ValueError) as e:
        print(type(e).__name__, " / ".join(str(e).splitlines()))


class Thing(yaml.YAMLObject):
    yaml_tag = "!thing"
    yaml_loader = yaml.SafeLoader

    def __init__(self, a):
        self.a = a


print(yaml.dump([Thing([1, {"b": "multi\nline"}])] * 2), yaml.safe_load("!thing {a: 5}").a, [type(t).__name__ for t in yaml.scan("a: [b, 'c']")][:8], [e for e in yaml.parse("- x")][3])
yaml.add_implicit_resolver("!dice", re.compile(r"^\d+d\d+$"), Loader=yaml.SafeLoader)
yaml.add_constructor("!dice", lambda l, n: tuple(map(int, l.construct_scalar(n).split("d"))), Loader=yaml.SafeLoader)
print(yaml.safe_load("hit: 3d6"))

rows = [["spam", 41.9999, None], ["eggs", "451.0", "漢字"], ["b<c", -1e-9, True]]
for style in ("plain", "simple", "grid", "fancy_grid", "pipe", "html", "latex", "rst", "mediawiki", "tsv", "presto"):
    print(tabulate.tabulate(rows, headers=["item", "qty", "x"], tablefmt=style, floatfmt=".2f", missingval="-", showindex=True))
t = prettytable.PrettyTable(["City", "Area", "Rain"])
t.add_rows([["Adelaide", 1295, 600.5], ["Brisbane", 5905, 1146.4], ["Darwin\nNT", 112, 1714.7]])
t.align["City"], t.sortby, t.reversesort, t.float_format = "l", "Rain", True, ".1"
print(t, t.get_string(fields=["City", "Area"], start=1, border=False), t.get_html_string(attributes={"id": "x"}), t.get_csv_string(), t.get_json_string()[:60])
t.set_style(prettytable.MARKDOWN)
print(t)
usage = """Naval.

Usage:
  prog ship new <name>...
  prog ship <name> move <x> <y> [--speed=<kn>]
  prog mine (set|remove) <x> <y> [--moored | --drifting]
  prog -h | --help

Options:
  --speed=<kn>  Speed in knots [default: 10].
  -v --verbose  More.
"""
for argv in ("ship new a b", "ship T move 1 2 --speed=15", "mine set 1 2 --drifting", "mine 1", "ship"):
    try:
        print({k: v for k, v in docopt.docopt(usage, argv.split()).items() if v})
    except SystemExit as e:
        print("exit", str(e).splitlines()[0])
parsed = toml.loads('title = "x"\n[a.b]\nn = 1_000\nl = [[1, 2], ["a"]]\nm = """\nmulti"""\n[[p]]\nk = 1.5e3\n[[p]]\nk = true\n')
print(parsed, toml.dumps({"z": parsed["p"], "s": 'q"uote', "e": {}}))
try:
    toml.loads("a = 1\na = 2")
except toml.TomlDecodeError as e:
    print(e)
schema = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 0}, "l": {"type": "array", "items": {"$ref": "#/definitions/s"}, "uniqueItems": True},
          "e": {"enum": ["a", None]}, "m": {"format": "ipv4"}}, "required": ["n"], "additionalProperties": False, "definitions": {"s": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 3}}}
v = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
for instance in ({"n": 1, "l": ["a"]}, {"n": -1, "l": ["A", "abcd", "A"], "x": 1, "e": 3, "m": "1.2.3"}, [], {"n": True}):
    print(sorted((list(map(str, e.absolute_path)), e.message, e.validator) for e in v.iter_errors(instance)))
try:
    jsonschema.validate({"l": 3}, schema)
except jsonschema.ValidationError as e:
    print(str(e)[:400], jsonschema.exceptions.best_match(v.iter_errors({"l": 3})).message)
print(list(mi.chunked(range(7), 3)), list(mi.windowed("abcd", 2)), mi.first([], 0), list(mi.interleave_longest([1, 2, 3], "ab")), mi.bucket(range(6), lambda x: x % 3).__class__.__name__, list(mi.split_at("a,b,c", lambda c: c == ",")), list(mi.set_partitions([1, 2, 3], 2)), mi.ilen(x for x in "abc"), list(mi.collapse([1, [2, (3, "ab")]])), mi.peekable([1, 2]).peek(), list(mi.consecutive_groups([1, 2, 4])) and list(mi.run_length.encode("aab")), list(mi.distinct_permutations([1, 1, 2])), mi.one(["x"]), list(mi.stagger(range(3))), mi.locate([0, 1, 1]).__class__.__name__)
