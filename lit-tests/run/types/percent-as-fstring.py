# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# '…%s…' % (a, b) with plain fields is an f-string: each argument is converted before the next is evaluated.
import traceback


class Loud:
    def __init__(self, name):
        print("make", name)
        self.name = name

    def __str__(self):
        print("str", self.name)
        return self.name

    def __repr__(self):
        print("repr", self.name)
        return f"<{self.name}>"


class Text(str):
    def __str__(self):
        return "own text"

    def __format__(self, spec):
        return "own format"


def show(value):
    print(type(value).__name__, repr(str.__str__(value)))


def forms(a, b):
    show("%s and %r" % (a, b))
    show("%s" % (a,))
    show("%r" % (a,))
    show("%a" % ("é",))
    show("%%%s%%" % (a,))
    show("%10s|%-10s|%.2s|%10.1r" % (a, b, a, b))
    show("%s%s" % (Loud("x"), Loud("y")))
    show("%s" % (Text("t"),))
    show("%s, %s" % (Text("t"), 1.5))
    show("%s" % ((a, b),))
    show("%s" % (None,) + "%d" % (5,) + "é%sü" % (a,))
    show(("a%s" "b%s") % (a, b))
    show("%d %s" % (1, a))
    show("%(k)s" % {"k": a})
    show("%s" % (a if b else b,))
    show("" % ())
    show("%s %% %s %s" % ("c", 1, (2,)))
    show("\ud800%s" % (a,))


forms("left", "right")
for wrong in ("'%s' % (a, b)", "'%s %s' % (a,)", "'%s %' % (a,)", "'%y' % (a,)", "'%s' % (a, *b)", "'%5%' % (a,)", "'%s%(x)s' % (a,)"):
    try:
        print(wrong, repr(eval(wrong, {"a": 1, "b": ()})))
    except (TypeError, ValueError) as e:
        print(wrong, type(e).__name__, e)


class Bad:
    def __str__(self):
        raise ZeroDivisionError("bad")


def lines(a):
    return "%s %s" % (
        a,
        Bad(),
    )


try:
    lines(1)
except ZeroDivisionError:
    print([(f.name, f.lineno, f.line) for f in traceback.extract_tb(__import__("sys").exc_info()[2])])
print(["%s-%s" % (i, i * 2) for i in range(3)], "%s" % (5,) * 2, "%s:%s" % (1, 2) % () if False else "")
