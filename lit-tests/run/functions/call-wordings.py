# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Calls that cannot be: what is said of them, and which lookup comes before which argument.
import operator


def said(call):
    try:
        print(call())
    except BaseException as e:
        print(type(e).__name__, e)


def f(*a, **k): return a, k


class C:
    def m(self, *a): return a


# A list is made of all that is not just one *iterable, and that is what cannot be extended.
said(lambda: f(*5))
said(lambda: f(*5, 1))
said(lambda: f(1, *5))
said(lambda: f(*5, x=1))
said(lambda: f(*(), *6))
said(lambda: C().m(*5, 1))
said(lambda: None(*5, 1))


def based_on_five():
    class A(*5): pass


def based_on_both():
    class A(C, *5): pass


said(based_on_five)
said(based_on_both)


class S(str):
    def three(self): return super(S, self, 1)


said(S("q").three)
said(lambda: type(x=1))
said(lambda: type(1, x=1))
said(lambda: type(1, 2))
said(lambda: max(x=1))
said(lambda: min(key=len))
said(lambda: max(1, 2, x=1))
said(lambda: operator.itemgetter())
said(lambda: operator.attrgetter())
said(lambda: operator.itemgetter(a=1))
said(lambda: 1 << 6 * 10**19)
said(lambda: 1 << 7 * 10**19)


# o.m comes before what a module never binds.
class Shown:
    def __getattr__(self, name):
        print("get", name)
        raise AttributeError(name)


shown = Shown()
said(lambda: shown.m(unbound_name))
said(lambda: shown.m(1, x=unbound_name))
said(lambda: shown.m([unbound_name]))
said(lambda: C().m(unbound_name))
said(lambda: (1).m(unbound_name))
said(lambda: [].append(len) or "appended")
