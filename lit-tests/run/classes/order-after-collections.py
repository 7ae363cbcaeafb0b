# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A collection puts what it finds in order; what is made afterwards follows, and so do the finalizers at exit.
import gc
class D:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
def f(a=D('def')): pass
lst = [D('l1'), D('l2')]
a = D('a'); b = D('b')
gc.collect()
c = D('c')
lst2 = [D('l3'), D('l4')]
def g(a=D('def2')): pass
a = D('a again')
d = D('d')
b2 = D('b2'); b2.x = D('in b2')
e = D('e'); h = (D('h1'), D('h2'))
e2 = D('e2')
