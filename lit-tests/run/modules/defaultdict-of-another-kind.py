# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# | of a defaultdict subclass whose __new__ gives something else.
import collections


def made_by(what):
    class D(collections.defaultdict):
        def __new__(cls, *args):
            return what if len(args) > 1 else super().__new__(cls)

    d = D(list)
    d["a"].append(1)
    return d


def show(work):
    try:
        print(work())
    except SystemError:
        print("SystemError")
    except TypeError as e:
        print(e)


for what in (5, "x", None, [1], {"own": 1}):
    d = made_by(what)
    for work in (lambda: d | {1: 2}, lambda: {1: 2} | d, lambda: d.copy(), lambda: d | d):
        show(work)
