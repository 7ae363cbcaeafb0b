# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keyword-only parameters take their defaults from a dict that may be put together anew, in any order; ** takes what is left, in the
# order of the call.


def f(a, *, b=1, c=2, d=3, **rest):
    return a, b, c, d, rest


def g(*args, first, second="s", third="t"):
    return args, first, second, third


def show(h, *args, **named):
    try:
        print(h(*args, **named))
    except TypeError as e:
        print(e)


def calls():
    show(f, 0)
    show(f, 0, c=5)
    show(f, 0, d=5, z=1, y=2, x=3)
    show(f, 0, b=7, **{"z z": 1, "": 2})
    show(g, first=1)
    show(g, 1, 2, second=3)
    show(g, 1, third=3, first=4)
    show(lambda: f(1))
    show(lambda: (f(1, x=2), f(1, **{chr(120) + chr(121): 5}), f(d=1, a=2, e=3)))


calls()
f.__kwdefaults__ = {"d": 30, "c": 20, "b": 10}
g.__kwdefaults__ = {"third": "T", "first": "F", "second": "S"}
calls()
del f.__kwdefaults__["c"], g.__kwdefaults__["third"]
calls()
f.__kwdefaults__["c"] = 200
f.__kwdefaults__["b"] = 100
g.__kwdefaults__ = None
calls()
f.__kwdefaults__ = {1: 2, "b": 5, "".join("c"): 6, "d": 7}
calls()


class Key(str):
    def __hash__(self):
        return hash("b")

    def __eq__(self, other):
        return True


f.__kwdefaults__ = {Key("q"): "own", "c": 1, "d": 2}
calls()
f.__kwdefaults__ = {}
calls()
