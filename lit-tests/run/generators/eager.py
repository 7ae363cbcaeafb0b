# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Generator expressions whose consumer is known run at once: the order of all that happens, errors, rebound consumers.
import traceback
class Num:
    def __init__(self,v): self.v=v
    def __radd__(self,o): print('radd',o if isinstance(o,int) else o.v,self.v); return Num((o if isinstance(o,int) else o.v)+self.v)
    __add__=lambda s,o: (print('add',s.v,o.v), Num(s.v+o.v))[1]
    def __bool__(self): print('bool',self.v); return self.v>2
    def __hash__(self): print('hash',self.v); return self.v
    def __eq__(self,o): print('eq',self.v,o.v); return self.v==o.v
    def __del__(self): print('del',self.v)
def items(n):
    for i in range(n):
        print('item',i)
        yield Num(i)
print(sum(x for x in items(3)).v)
print(any(x for x in items(6)))
print(all(x for x in items(6)))
print(len(set(x for x in items(3))))
print(len(tuple(x for x in items(2))), len(list(x for x in items(2))))
print(sorted((x*x%7 for x in range(8)), reverse=True), sorted(x*x%7 for x in range(8)))
print(','.join(str(i) for i in range(5)), "".join(c for c in "abc" if c!='b'))
def tb(f):
    try: f()
    except BaseException as e:
        print([(t.name, t.lineno) for t in traceback.extract_tb(e.__traceback__)])
        if e.__cause__: print([(t.name, t.lineno) for t in traceback.extract_tb(e.__cause__.__traceback__)])
        print(type(e), e, repr(e.__cause__), repr(e.__context__))
tb(lambda: sum(x for x in [1,None]))
tb(lambda: sum(1/x for x in [1,0]))
tb(lambda: ','.join(x for x in ['a',1]))
tb(lambda: set(x for x in [[1]]))
def stop(): raise StopIteration(3)
tb(lambda: list(stop() for x in [1]))
tb(lambda: any(stop() for x in [1]))
class B:
    def __bool__(self): raise StopIteration
tb(lambda: any(x for x in [B()]))
class R:
    def __radd__(self,o): raise StopIteration(5)
tb(lambda: sum(x for x in [R()]))
tb(lambda: sum(y for x in 5 for y in x))
tb(lambda: sum(y for x in [5] for y in x))
tb(lambda: tuple(q for x in [5]))
tb(lambda: sorted((x for x in [1,'a']), key=None))
def rebound():
    def sum(g): return ('mine', list(g))
    return sum(x for x in [1,2])
print(rebound())
class C:
    v = [1,2,3]
    s = sum(x for x in v)
    t = tuple(x for x in v for y in [1])
print(C.s, C.t)
print(sum(x*0.5 for x in range(10)), sum(x for x in ()), sum(x for x in [0.0,-0.0]), sum(2**62 for _ in range(4)), sum(True for _ in range(3)))
print(any(x>3 for row in [[1,2],[3,4]] for x in row), all(x for row in [[1,2],[0,4]] for x in row))
import builtins
old=builtins.sum
builtins.sum=lambda g: ('patched', list(g))
print(sum(x for x in [1,2]))
builtins.sum=old
print(sum(x for x in [1,2]))
def deep(n): return any(deep(n-1) for _ in [0]) if n else True
print(deep(300))
try: deep(5000)
except RecursionError as e: print(e)
print(list((lambda: i)() for i in range(3)), [f() for f in list((lambda: i) for i in range(3))])
print(sum(sum(j for j in range(i)) for i in range(5)), tuple(tuple(j for j in range(i)) for i in range(3)))
print(any((last := x) > 2 for x in range(9)), last)
print(sum([x] == [x] for x in range(4)), list(x for x in range(3)) == [0,1,2])
