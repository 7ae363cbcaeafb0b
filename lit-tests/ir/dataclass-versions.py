# RUN: krait emit --ir %s | FileCheck %s
# RUN: krait emit --ir -O 0 %s > %t.ir
# RUN: krait-opt %t.ir | diff %t.ir -
# A class that dataclasses decorates has the __init__ of the foretold text: calls of it are done in place where they are guarded.
# CHECK: function @2 "total"
# CHECK: shape [[S:[0-9]+]] "x" "y" operator "__init__" @5
# CHECK: class.check [[S]]
# CHECK: function @5 "__init__" qualname "__create_fn__.<locals>.__init__" function line 2
# CHECK: text 0
# CHECK-NEXT: methodof @1
# CHECK: function @8 "__eq__"
# CHECK: text 1
# CHECK-NEXT: methodof @1
from dataclasses import dataclass


@dataclass
class Point:
    x: float
    y: float = 1.0


def total(n: int):
    t = 0.0
    for i in range(n):
        p = Point(i * 0.5, 2.0)
        t += p.x * p.y
    return t
