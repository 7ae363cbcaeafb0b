# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Receivers and old values die where CPython lets them, in versions, too; and a comparison that answers with something else is made once.
class D:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
    def __iadd__(s, o): return D(s.n + 'i' + getattr(o, 'n', 'z'))
    def m(s, x=None):
        y = D(s.n + 'y')
        print('in m', s.n)
        return getattr(s, 'n', 'z')
    def chain(s): return D(s.n + 'c')
    def drop(s):
        s = None
        print("dropped")
    def __add__(s, o): return D(s.n + o.n)
    def __getitem__(s, i): return D(s.n + str(i))
def aug():
    a = D('A')
    a += D('B')
def a1():
    D('t').m()
    D('t3').chain().chain().m()
    D('t4').drop()
    (D('a') + D('b')).m()
    D('g')[1].m()
    f"{D('fs').m()}"
    return D('r').m(), 1
class V:
    def __init__(s, n, answer): s.n = n; s.answer = answer
    def __lt__(s, o):
        print('lt', s.n, o.n)
        return s.answer(s.n < o.n)
class B:
    def __init__(s, v): s.v = v
    def __bool__(s):
        print("bool", s.v)
        return s.v
for i in range(3):
    aug()
    a1()
for answer in (bool, int, lambda v: "x" if v else "", B, lambda v: None):
    print([v.n for v in sorted([V(3, answer), V(1, answer), V(2, answer)])])
def bad(v): raise ValueError(v)
for answer in (lambda v: NotImplemented, bad):
    try:
        print([v.n for v in sorted([V(3, answer), V(1, answer)])])
    except (TypeError, ValueError) as e:
        print(type(e), e)
