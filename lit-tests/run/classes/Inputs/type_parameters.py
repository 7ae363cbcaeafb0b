import sys


def same(x):
    return x


@same
class Node[T, *Ts, **P]:
    def get(self) -> T:
        def inner():
            return T
        return inner()

    class In[U: (int, str)]:
        def both(self):
            return T, U


def f[T: int](x: T, y: list[T] = [1], *, k=3) -> T:
    return x, y, k, T


def outer():
    z = 5

    def h[T](a=z):
        return a, T, z
    return h


def counted[T](n):
    yield from range(n)
    yield T


class Derived[T](Node[T, int]):
    pass


type A[T] = list[T]
type B = dict[str, B]

print(Node.__type_params__, f.__type_params__, Derived.__orig_bases__)
print(f(1), outer()(), Node.In().both(), Node().get(), list(counted(3)))
print(A.__value__, B.__value__)
print(f.__qualname__, Node.In.__qualname__, outer().__qualname__)
print(f.__annotations__)
it = counted(2)
next(it)
code = sys._getframe().f_code
print(it.gi_frame.f_lasti > 0, len(f.__code__.co_code) > 0, [c.co_name for c in code.co_consts if hasattr(c, "co_name") and "generic" in c.co_name])
