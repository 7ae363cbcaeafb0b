from __future__ import annotations
# RUN: krait-ir %s | FileCheck %s
# CHECK: const str "dict[str, list[int | None]]"
# CHECK: const str "lambda x, /, y=1, *z: (x, *y)"
# CHECK: const str "(a + b) * c ** (-d)"
# CHECK: const str "f'{x!r:>{w}}'"
def f(a: dict[str,list[int|None]], b: lambda x, /, y = 1, *z: (x, *y), c: (a+b)*c**-d, d: f"{x!r:>{w}}"): pass
