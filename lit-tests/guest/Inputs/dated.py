import argparse
import collections
import dataclasses
import datetime
import inspect
import json
import random
import sqlite3
import re
import zipfile
from collections.abc import Generator, Iterable, KeysView, Mapping, MutableMapping, Sequence, Set
from io import TextIOBase
from numbers import Integral, Number


class Never(datetime.datetime):
    """No time at all: its parts are not what datetime makes of it."""

    year = property(lambda self: float("nan"))
    month = day = hour = year

    def __str__(self):
        return "never"

    __repr__ = __str__
    __hash__ = datetime.datetime.__hash__


class Stamp(datetime.datetime):
    """A time with nanoseconds."""

    nanosecond = 0

    def __hash__(self):
        return hash(self.nanosecond) if self.nanosecond else datetime.datetime.__hash__(self)


never = Never(1, 1, 1)


def stamp(nanosecond, *parts):
    made = Stamp(*parts)
    made.nanosecond = nanosecond
    return made


def fields_of(record):
    return [field.name for field in dataclasses.fields(record)], dataclasses.asdict(record)


def lacks(field):
    return field.default is dataclasses.MISSING


def kinds_of(thing):
    found = [cls.__name__ for cls in (Mapping, MutableMapping, Sequence, Set, KeysView, Generator, Number, Integral, TextIOBase, Iterable) if isinstance(thing, cls)]
    return found + [isinstance(thing, re.Pattern)]


def matches(pattern, text):
    return re.compile(pattern).findall(text)


def described(point):
    return type(point).__name__, point._fields, point._asdict(), point.x, point.doubled(), point._replace(x=9), isinstance(point, tuple)


def made(cls):
    return cls(5), cls._field_defaults


pattern = re.compile("d.", re.I)


class Worse(json.JSONDecodeError):
    pass


def decode(text):
    return json.loads(text)


def decode_worse(text):
    raise Worse("worse", text, 0)


def run(callback):
    try:
        return callback()
    except zipfile.BadZipFile as error:
        return "bad zip", str(error)
    except json.JSONDecodeError as error:
        return type(error).__name__, error.pos, error.msg, str(error)


class Half:
    def __init__(self):
        raise ValueError("only half")

    def __del__(self):
        gone.append(self.__class__.__name__)


gone = []


def signed(a, b=1):
    pass


signed.__signature__ = inspect.signature(lambda x, *, y=lacks: None)
ordered = collections.OrderedDict(a=1)


def is_known(thing):
    return [isinstance(thing, cls) for cls in (collections.deque, sqlite3.Connection, random.Random, argparse.Namespace)]
