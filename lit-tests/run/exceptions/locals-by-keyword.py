# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The keyword `capture_locals` asks for all variables of all frames, also those that are counted in registers.
import traceback


def sums(n, xs):
    t = 0
    s = 0.0
    for i in range(n):
        t += i
        s += i * 0.5
        x = t * 2
        z = xs[i] * x
    return t, s, z


def shared(*items):
    out = []
    append = out.append
    append(1)
    k = len(items)
    l = [x * k for x in items]
    return items[k], l


class V:
    def __init__(self, x):
        self.x = x

    def add(self, o):
        return V(self.x + o.x)

    def __repr__(self):
        return "V(%r)" % self.x


def objects(n):
    v = V(1)
    for i in range(n):
        w = v.add(V(i))
        u = w.x * 2
        last = [u][i // 50]
    return last


def inner(q):
    def nested():
        return q, q.missing

    r = q
    del r
    return nested()


def show(f, *args):
    try:
        f(*args)
    except Exception as e:
        for line in traceback.TracebackException.from_exception(e, capture_locals=True).format():
            print("".join(part.replace(__file__, "FILE") for part in line.splitlines(True) if " at 0x" not in part), end="")


show(sums, 100, list(range(5)))
show(shared, 1, 2)
show(objects, 100)
show(inner, 5)
