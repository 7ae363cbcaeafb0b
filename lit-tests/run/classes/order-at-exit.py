# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The finalizers of what a module holds to the end run in the order of its names, then those of what these hold.
class N:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
class C:
    def __init__(s, x): s.x = x
    def __del__(s): print('gone', type(s.x).__name__)
class P:
    def __init__(s, *x): s.x, s.y = x, x[-1]
z = N('first but rebound later')
z2 = 1
a = N(1)
p = P(N('p0'), N('p1'))
c = C(7)
b = N(2)
d = C(N(5))
e = [N('l1'), C('l2')]
f = {'k': N('dv'), 'j': C(N('dj'))}
g = (N('t1'), N('t2'))
s = {N('s1')}
def fn(x=N('default')): pass
class K:
    attr = N('class attr')
h = [[N('deep')], N('shallow')]
a = N('a again')
del z
z = N('z again')
class Node:
    def __init__(s, name, next=None): s.name, s.next = name, next
    def __del__(s): print('node', s.name)
chain = Node('c1', Node('c2', Node('c3')))
q = P(1, N('of q'))
q.x = None
lam = lambda: cell
def mk():
    v = N('in cell')
    return lambda: v
clo = mk()
