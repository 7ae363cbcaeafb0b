# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# locals() and a frame's f_locals are one dict: what exec() or the program puts into it stays there.
import sys


def executed():
    x = 1
    exec("y = 2")
    return sorted(sys._getframe().f_locals), sorted(locals()), locals() is sys._getframe().f_locals


def asked_first():
    before = sys._getframe().f_locals
    before["extra"] = 1
    x = 2
    return locals() is before, sorted(before), before["x"]


def kept(free):
    locals()["r"] = 6
    inner = lambda: free
    free += 1
    return sys._getframe()


def generated():
    exec("q = 3")
    yield sorted(sys._getframe().f_locals)
    z = 4
    yield locals()["q"], sorted(sys._getframe().f_locals)


def failing(n):
    exec("deep = n")
    if n:
        failing(n - 1)
    raise KeyError(n)


def again(n):
    locals()["a%d" % n] = n
    return again(n - 1) + sorted(sys._getframe().f_locals) if n else []


class Dies:
    def __del__(self):
        print("gone")


def dies():
    one = Dies()
    exec("two = Dies()")
    one = None
    locals()
    print("end", sorted(sys._getframe().f_locals))


print(executed())
print(asked_first())
frame = kept(1)
print(sorted(frame.f_locals), frame.f_locals["r"], frame.f_locals["free"])
print(list(generated()))
try:
    failing(2)
except KeyError as e:
    tb = e.__traceback__.tb_next
    while tb:
        print(tb.tb_frame.f_locals)
        tb = tb.tb_next
print(again(3))
dies()
