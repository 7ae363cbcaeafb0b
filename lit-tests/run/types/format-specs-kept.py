# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The same specification for values of several types, good and bad, written in the program or put together, again and again.
VALUES = ["text", "\xe9\u4e00", "", 5, -12345678, 1 << 70, True, 1.5, -0.0, 1e300, float("nan"), 2 + 1j]


def shown(f, v):
    try:
        return f(v)
    except (ValueError, TypeError, OverflowError) as e:
        return str(e)


SPECS = {
    "plain": lambda v: f"{v:10}",
    "right": lambda v: f"{v:>12}",
    "middle": lambda v: f"{v:*^13}",
    "wide fill": lambda v: f"{v:\u4e00<9}",
    "zeros": lambda v: f"{v:012}",
    "after sign": lambda v: f"{v:=+15}",
    "fixed": lambda v: f"{v:.2f}",
    "short": lambda v: f"{v:8.3}",
    "grouped": lambda v: f"{v:,}",
    "hex": lambda v: f"{v:#x}",
    "str": lambda v: f"{v:8s}",
    "d": lambda v: f"{v:d}",
    "c": lambda v: f"{v:c}",
    "bad": lambda v: f"{v:zz}",
    "worse": lambda v: f"{v:,s}",
    "one": lambda v: f"{v:1}",
    "none": lambda v: f"{v:0}",
}
for _ in range(2):
    for name, f in SPECS.items():
        print(name, [shown(f, v) for v in VALUES])
for width in range(7):
    for align in "<>^=":
        spec = f"{align}{width}"
        print([shown(lambda v: format(v, spec), v) for v in ("ab", 7, 2.5)], end=" ")
    print()


class Text(str):
    pass


class Number(int):
    def __format__(self, spec):
        return f"<{spec}>" + super().__format__(spec)


print(f"{Text('a'):>5}", f"{Number(7):>5}", f"{Number(7):05d}", f"{Text('b'):05}", f"{True:>5}", f"{'a':>{3}}")
try:
    f"{'a':>{1 << 62}}"
except (MemoryError, OverflowError, ValueError) as e:
    print(type(e).__name__)
