# RUN: krait emit --ir -O 0 %s | grep '^text' | sort > %t.foretold
# RUN: %python %S/Inputs/dataclass_texts.py %s | sort > %t.made
# RUN: diff %t.made %t.foretold
# What dataclasses gives to exec is foretold, letter by letter.
import dataclasses
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar


@dataclass
class Empty:
    pass


@dataclass
class Point:
    x: float
    y: float = 0.0
    label: str = "p"

    def norm(self):
        return self.x


@dataclass(order=True, unsafe_hash=True)
class Version(Point):
    major: int = 0
    notes: list = field(default_factory=list, compare=False, repr=False)
    tag: str = field(default="", hash=False)
    cache: dict = field(default_factory=dict, init=False, hash=None)
    count: ClassVar[int] = 0
    seen: "dataclasses.Field" = None


@dataclasses.dataclass(frozen=True)
class Frozen:
    a: int
    b: tuple = ()
    c: list = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Slotted:
    self: int
    hidden: int = field(default=3, init=False)
    d: int = dataclasses.field(default=dataclasses.MISSING, kw_only=True)


@dataclass(kw_only=True)
class Keywords:
    a: int
    b: int = 2


@dataclass
class Mixed(Keywords, Point):
    extra: InitVar[int] = 4
    _: KW_ONLY
    last: int = 1
    other: int = field(default=2, kw_only=False)
    unset: int = field(init=False)

    def __post_init__(self, extra):
        self.sum = extra


class Between(Mixed):
    more: int = 3


@dataclass
class Below(Between):
    x: int = 5

    def __init__(self):
        pass

    def __eq__(self, other):
        return True


def local(base):
    @dataclass(init=False, order=True)
    class Inner(base):
        z: int = 3

        def __hash__(self):
            return 1

    return Inner


local(object)
