# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# sys.getsizeof of generators, frames, code objects and views (co_stacksize and co_code: a program that names them has the bytecode).
import sys
def a(): yield
def b(): 
    x=1
    yield
def c():
    yield f(1,2,3,4,5,6)
def d(x,y):
    def q(): return x
    yield q
for f in (a,b,c,d):
    g = f(*([1]*f.__code__.co_argcount))
    co = f.__code__
    print(sys.getsizeof(g), co.co_nlocals, len(co.co_cellvars), len(co.co_freevars), co.co_stacksize, sys.getsizeof(g.gi_frame), sys.getsizeof(co), len(co.co_code))
async def e(x): return x
co = e(1); print(sys.getsizeof(co)); co.close()
async def ag(x): yield x
print(sys.getsizeof(ag(1)))
print(sys.getsizeof(memoryview(b"")), sys.getsizeof(memoryview(b"abcd").cast("B", [2, 2])))
