import argparse
import collections
import collections.abc
import dataclasses
import datetime
import inspect
import io
import json
import random
import re
import sqlite3
import typing
import zipfile

import dated

print(dated.never, isinstance(dated.never, datetime.datetime), datetime.datetime.date(dated.never))
when = datetime.datetime(2024, 5, 6, 7)
stamps = {dated.stamp(0, 2024, 5, 6, 7): "exact", dated.stamp(5, 2024, 5, 6, 7): "later"}
print(stamps[when], when in {dated.stamp(0, 2024, 5, 6, 7)}, [hash(s) == hash(when) for s in stamps], len(stamps))


@dataclasses.dataclass
class Record:
    name: str
    when: datetime.datetime
    parts: list = dataclasses.field(default_factory=list)


print(dated.fields_of(Record("a", when, [1, 2])))
print([dated.lacks(field) for field in dataclasses.fields(Record)])


class Table(collections.abc.Mapping):
    def __init__(self, **items):
        self.items_ = items

    def __getitem__(self, key):
        return self.items_[key]

    def __iter__(self):
        return iter(self.items_)

    def __len__(self):
        return len(self.items_)


class Row(collections.abc.Sequence):
    def __getitem__(self, at):
        return [1, 2][at]

    def __len__(self):
        return 2


for thing in (Table(a=1), Row(), collections.UserDict(b=2), (x for x in ()), io.StringIO(), {1: 2}.keys(), collections.deque(), "text"):
    print(dated.kinds_of(thing))
print(dated.matches(re.compile("[a-c]", re.I), "aBd"), dated.matches(re.compile(b"x+"), b"xxy"), dated.kinds_of(re.compile("a")))
print(dated.pattern, isinstance(dated.pattern, re.Pattern), dated.pattern.sub("-", "Do da"))


class Point(typing.NamedTuple):
    x: int
    y: float = 2.5

    def doubled(self):
        return Point(2 * self.x, 2 * self.y)


class Named(collections.namedtuple("Base", "x z")):
    def doubled(self):
        return self + self


for point in (Point(1), Named(1, [2])):
    print(dated.described(point))
print(dated.made(Point), type(dated.made(Point)[0]) is Point)


class Own(json.JSONDecodeError):
    pass


def fail(error):
    raise error


for decode in (dated.decode, dated.decode_worse):
    try:
        decode("[1,")
    except json.JSONDecodeError as error:
        print(type(error).__mro__[1:3], error.pos, error.doc, error.lineno, error, isinstance(error, ValueError), error.args)
print(dated.run(lambda: json.loads("{")), dated.run(lambda: fail(Own("own", "text", 2))), dated.run(lambda: fail(zipfile.BadZipFile("zip"))))
kept = Own("kept", "text", 1)
try:
    [*map(dated.decode, ["1"])], dated.run(lambda: fail(kept)), dated.run(lambda: fail(OSError(2, "none")))
except OSError as error:
    print(repr(error))
try:
    dated.Half()
except ValueError as error:
    print(error)
print(dated.gone)
print(list(inspect.signature(dated.signed).parameters), inspect.signature(dated.signed).parameters["y"].kind.name)
print(isinstance(dated.ordered, collections.OrderedDict), isinstance(dated.ordered, dict), dated.ordered["a"])
for thing in (collections.deque([1]), sqlite3.connect(":memory:"), random.Random(1), argparse.Namespace(a=1), object()):
    print(dated.is_known(thing))
