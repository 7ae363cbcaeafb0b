# Of everything that depends on the machine below: it ends with an uncaught exception.
import decimal
import faulthandler
import math
import re
import struct
import sys
import tempfile
import threading
import traceback


class Shape:
    def __init__(self, *sides, **names):
        self.sides, self.names = sides, names

    def __repr__(self):
        return f"Shape({self.sides}, {self.names})"


def many(a, b, c, d, e, f, g, h, i, j, *rest, k=1, **more):
    return a + b + c + d + e + f + g + h + i + j + sum(rest) + k + len(more)


def numbers():
    for x in (0.1, 1e308 * 10, -0.0, 2.0**63, -(2.0**63), 1e22, 2.5, 1 / 3):
        try:
            print(x, x * x + 0.1, math.fsum([x, 0.1]), round(x), hash(x), int(x), x.hex())
        except OverflowError as error:
            print(error)
    total = 0.0
    for n in range(1, 1000):
        total = total * 1.0000001 + 1 / n * 0.3
    print(total, 3**200 % 1000007, (7**300 - 5**200) // 11**99, -(7**90) >> 33, divmod(-(10**40), 10**19 + 1))
    print(struct.pack("<dfebq", 1.5, -2.25, 0.5, -5, -(2**62)), bytes([200, 255]).decode("latin-1"), b"\xff".hex())
    print(decimal.Decimal("1.1") / 7, decimal.Decimal(2).sqrt())


def frames(a, b=2):
    local = [a]
    frame = sys._getframe()
    print(sorted(frame.f_locals), [s.name for s in traceback.extract_stack()], local)
    yield frame.f_lineno
    raise KeyError(a)


def deep(n):
    return deep(n + 1) + 1


def delegated(levels):
    levels[0] += 1
    yield from delegated(levels)


def main():
    numbers()
    print(many(*range(10)), many(*range(14), k=7, x=1, y=2), many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, k=3), Shape(1, 2, x=3))
    try:
        for line in frames("key"):
            print(line)
    except KeyError:
        print(traceback.format_exc().replace(__file__, "FILE"))
    try:
        deep(0)
    except RecursionError as error:
        print(error)
    levels = [0]
    try:
        next(delegated(levels))
    except RecursionError as error:
        print(error, levels[0] > 900, len(traceback.extract_tb(error.__traceback__)) > 900)
    print(eval("[x * 2 for x in range(5)]"), "{:>10,.3f}|{!r:5}|%5s".format(12345.678, "a") % "z")
    print(re.findall(r"(?:ab|cd|x[yz])\d+", "ab1 cd22 xy3 " * 40 + "xz4 é")[-4:], re.sub("[aeiou]{2}", "-", "queue" * 50)[:30])
    exec("def made(n):\n    return n if n < 2 else made(n - 1) + made(n - 2)\nprint(made(15))", {})
    answers = []
    threads = [threading.Thread(target=lambda n=n: answers.append(n * n)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(answers))
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        print(file.read().replace(__file__, "FILE").partition("\n")[2])
    many(1, 2)


main()
