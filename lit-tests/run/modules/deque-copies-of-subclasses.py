# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Copies of deque subclasses are made by the class, which may give something else.
import collections
import copy


def made_by(what):
    class D(collections.deque):
        def __new__(cls, *args):
            return what if args else super().__new__(cls)

        def __init__(self, *args):
            pass

    d = D()
    d.append(4)
    return d


class Told(collections.deque):
    def __init__(self, *args):
        print("made of", args)
        super().__init__(*args)


def show(work):
    try:
        print(work())
    except Exception as e:
        print(type(e).__name__, e)


def show_all(d):
    for work in (lambda: d + d, lambda: d * 2, lambda: 2 * d, lambda: d.copy(), lambda: copy.copy(d), lambda: d + collections.deque([9]),
                 lambda: collections.deque([9]) + d, lambda: collections.deque.copy(d), lambda: d * 0, lambda: d * 1, lambda: d):
        show(work)


for what in ([1], 5, None, collections.deque("xy"), Told("xy")):
    show_all(made_by(what))
show_all(Told("ab"))
show_all(Told("ab", 3))
