# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# A trace function is told of the StopIteration that ends a loop, also in a function that ran before it was set.
import sys

def test_gen():
    yield 0
    return 1
def f():
    go()
    for i in test_gen():
        print('got', i)
    x = 123
def sub():
    x = yield from test_gen()
    return x
def g():
    go()
    for i in sub():
        print('got', i)
    x = 123
def tr(fr, e, a):
    if fr.f_code.co_filename == __file__: print(fr.f_code.co_name, e, fr.f_lineno, type(a) if e != "exception" else a[0])
    return tr
def go():
    sys.settrace(tr); fr = sys._getframe(1); fr.f_trace = tr
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration
        return self.n
def h():
    go()
    for i in It(): pass
    for i in [1]: pass
    return [x for x in It()]
f()
sys.settrace(None)
h()
sys.settrace(None)
g()
sys.settrace(None)
