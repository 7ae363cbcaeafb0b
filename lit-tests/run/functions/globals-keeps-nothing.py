# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# globals() makes no dict of the locals, which would hold what they held; locals() does.
class Noisy:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


def plain():
    t = Noisy(1)
    globals()["answer"] = 42
    t = Noisy(2)
    print("after", answer)


def snapshot():
    t = Noisy(3)
    len(locals())
    t = 4
    print("after")


plain()
snapshot()
eval("plain()")


# What eval runs has namespaces of its own, also where the names of these builtins are hidden.
where = globals


class Listed:
    def __dir__(self):
        return [str(where() is was)]


was = where()
other = {"__builtins__": __builtins__, "where": where}
exec("def f(): return where()", other)
print(eval("other['f']()") is other, eval("[other['f']() for _ in range(1)]")[0] is other, dir(Listed()))
