# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a bytearray is made of: buffers of any shape, counts, iterables; and errors on the way.
import array
m=memoryview(b"0123456789")
print(bytearray(m[::2]), bytearray(m[::-1]), bytearray(array.array('i',[1,2])), bytearray(0), bytearray(3), bytearray(True))
class I:
    def __index__(self): return 4
class T:
    def __index__(self): raise TypeError("no")
    def __iter__(self): return iter([1,2])
class V:
    def __index__(self): raise ValueError("no")
    def __iter__(self): return iter([1,2])
print(bytearray(I()), bytearray(T()))
for f in (lambda: bytearray(V()), lambda: bytearray(-1), lambda: bytearray(10**30), lambda: bytearray("x"), lambda: bytearray(1.5), lambda: bytearray(b"", "x"),
          lambda: bytearray(m.cast("B",[2,5])[::2])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
b=bytearray(b"abc"); b.__init__(b); print(b)
b=bytearray(b"abc"); b.__init__(memoryview(b"xyzw")[1:]); print(b, b.__alloc__())
b=bytearray(b"abc")
v=memoryview(b)
for a in (3, memoryview(b"12"), b"", v):
    try: b.__init__(a); print(b)
    except Exception as e: print(type(e).__name__, e)
class B(bytes): pass
class A(bytearray): pass
print(bytearray(B(b"q")), A(5), A(m), bytearray(A(b"z")))
def grow(b):
    b += b
    return b
for b in bytearray(b"ab"), A(b"ab"), bytearray():
    try: print(grow(b))
    except BufferError as e: print(e, b)
b = bytearray(b"ab"); b.extend(b); b[1:1] = b; print(b)
