# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Special methods under names that were put together at run time: in the dict that type() gets, in that of __prepare__, in what types.new_class
# fills, in a body's locals() and by setattr().
import operator
import types

OPERATORS = "add", "sub", "mul", "and", "or"


def make(name, base, operators):
    namespace = {}
    for op in operators:
        for side in "", "r":
            namespace[f"__{side}{op}__"] = lambda self, other, op=op, side=side: (type(self).__name__, side + op)
    return type(name, (base,), namespace)


Left = make("Left", object, OPERATORS[:3])
Right = make("Right", Left, OPERATORS[1:])
for op in OPERATORS:
    apply = getattr(operator, op + "_" if op in ("and", "or") else op)
    for a, b in (Left(), 1), (1, Right()), (Left(), Right()), (Right(), Left()):
        try:
            print(op, apply(a, b))
        except TypeError as e:
            print(e)


def called(name):
    return "".join(["__", name, "__"])


Full = type("Full", (), {
    called("init"): lambda self, n: setattr(self, "n", n), called("len"): lambda self: self.n, called("getitem"): lambda self, k: k * 2,
    called("call"): lambda self, *a: a, called("repr"): lambda self: "a Full", called("eq"): lambda self, other: "equal",
    called("iter"): lambda self: iter("xy"), called("contains"): lambda self, k: k == 3, called("getattr"): lambda self, name: name + "!",
    called("index"): lambda self: 1})
f = Full(4)
print(f, len(f), f[5], f(1, 2), f == 0, list(f), 3 in f, 4 in f, f.nothing, "abc"[f], Full.__hash__)


class Prepared(type):
    @classmethod
    def __prepare__(cls, name, bases):
        return {called("len"): lambda self: 7}


class Sized(metaclass=Prepared):
    pass


class Body:
    locals()[called("len")] = lambda self: 8


print(len(Sized()), len(Body()), len(types.new_class("Made", (), {}, lambda d: d.update({called("len"): lambda self: 9}))()))
setattr(Body, called("call"), lambda self: "called")
print(Body()())
delattr(Body, called("call"))
try:
    Body()()
except TypeError as e:
    print(e)
