# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bound methods in variables: defaults, what they gather, wrong counts, receivers that die meanwhile.


class Sink:
    def __init__(self):
        self.seen = []

    def one(self, a, b=2):
        return a, b

    def three(self, a=1, b=2, c=3):
        return a, b, c

    def many(self, a=1, b=2, c=3, d=4, e=5, f=6, g=7):
        return a, b, c, d, e, f, g

    def rest(self, a, *more, key="k", **named):
        return a, more, key, named

    def only(self, *more):
        return more

    def named(self, a, *, key="k"):
        return a, key

    def change(self, a, b=[]):
        Sink.change.__defaults__ = None
        del self
        return a, b

    def __del__(self):
        print("gone")


def run():
    sink = Sink()
    one, three, many, rest, only, named = sink.one, sink.three, sink.many, sink.rest, sink.only, sink.named
    for _ in range(3):
        print(one(1), one(1, 3), three(), three(7), three(7, 8), three(7, 8, 9))
    print(many(), many(10), many(10, 20, 30, 40), many(10, 20, 30, 40, 50, 60))
    print(rest(1), rest(1, 2, 3), only(), only(1, 2), named(4), named(4, key=5), rest(*(1, 2), **{"z": 3}))
    for call in (lambda: one(), lambda: one(1, 2, 3), lambda: three(1, 2, 3, 4), lambda: rest(), lambda: named(1, 2), lambda: many(1, 2, 3, 4, 5, 6, 7, 8)):
        try:
            call()
        except TypeError as error:
            print(error)
    Sink.one.__defaults__ = ("other",)
    print(one(1))
    change = sink.change
    print(change(1))
    try:
        change(1)
    except TypeError as error:
        print(error)
    del change, one, three, many, rest, only, named
    last = [Sink().three]
    del sink

    class Holder:
        def take(self, a, b=0):
            self.method = None
            return a, b

    holder = Holder()
    holder.method = holder.take
    print(holder.method(5))
    holder.method = holder.take
    method = holder.method
    del holder.method
    print(method(6), last[0](1))
    print(last.pop()(2))


run()
