# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Classes of the program with a class of the guest among their bases.
import numpy as np


class Info(np.ndarray):
    """With a name."""

    kind = "info"

    def __new__(cls, data, name=None):
        obj = np.asarray(data).view(cls)
        obj.name = name
        return obj

    def __array_finalize__(self, obj):
        if obj is None:
            return
        self.name = getattr(obj, "name", None)

    def describe(self):
        return f"{self.name}: {self.sum()}"

    @property
    def twice(self):
        return self * 2

    @classmethod
    def make(cls, n):
        return cls(range(n), "made")

    @staticmethod
    def plain(x):
        return x + 1

    def sum(self, *args, **kwargs):
        return super().sum(*args, **kwargs) + 1000


a = Info([1, 2, 3], "abc")
print(a, repr(a), type(a).__name__, a.name, a.describe(), a.kind, Info.__doc__)
print(isinstance(a, np.ndarray), isinstance(a, Info), issubclass(Info, np.ndarray), [c.__name__ for c in Info.__mro__])
b = a[1:]
print(type(b).__name__, b.name, (a + 1).name, type(a + 1).__name__, a.twice, Info.make(3).name, Info.plain(1), a.plain(2))
print(np.add(a, 1).name, np.sum(a), a.sum(), a.view(np.ndarray).sum())
a.name = "new"
print(a.name, vars(a), hasattr(a, "nothing"))


class More(Info):
    def describe(self):
        return "more " + super().describe()


m = More([1, 1], "m")
print(m.describe(), isinstance(m, Info), type(m[:1]).__name__, More.__base__.__name__)


class Logged(np.lib.mixins.NDArrayOperatorsMixin):
    def __init__(self, data):
        self.data = np.asarray(data)

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        print("ufunc", ufunc.__name__, method)
        inputs = [x.data if isinstance(x, Logged) else x for x in inputs]
        return Logged(getattr(ufunc, method)(*inputs, **kwargs))

    def __repr__(self):
        return f"Logged({self.data.tolist()})"


x = Logged([1, 2])
print(x + 1, 2 * x, -x, np.sin(Logged([0.0])), x == x)


class Unit:
    def __init__(self, v):
        self.v = v

    def __array__(self, dtype=None):
        return np.array([self.v] * 2, dtype=dtype)

    def __array_function__(self, func, types, args, kwargs):
        return f"called {func.__name__} {[t.__name__ for t in types]}"

    def __mul__(self, other):
        return ("mul", other)

    def __rmul__(self, other):
        return ("rmul", type(other).__name__)

    __array_ufunc__ = None


u = Unit(5)
print(np.asarray(u), np.concatenate([u, u]), u * 2, np.arange(2) * u)


class Err(np.linalg.LinAlgError):
    def __str__(self):
        return "err " + super().__str__()


try:
    raise Err("x")
except np.linalg.LinAlgError as e:
    print(type(e).__name__, e, e.args)


class Kelvin(float):
    pass


print(np.array([Kelvin(1.5), 2]), np.float64(Kelvin(3)), np.sqrt(Kelvin(4)))
