# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# ctypes: simple types, structures, unions, bit fields, arrays, pointers, foreign functions and callbacks.
import ctypes
from ctypes import *
print(c_int(5), c_int(2**33+1).value, c_double(1.5), c_char(b'x'), c_char_p(b'hello').value, c_wchar_p('wide').value, c_bool(3))
libc = CDLL(None)
print(libc.strlen(b'hello'), libc.abs(-7), libc.atoi(b'42'))
libc.toupper.argtypes=[c_int]; print(chr(libc.toupper(ord('a'))))
sq = CDLL('libm.so.6').sqrt; sq.restype=c_double; sq.argtypes=[c_double]; print(sq(2.0))
class P(Structure):
    _fields_=[('x',c_int),('y',c_short),('d',c_double)]
p=P(1,2,3.5); print(p.x,p.y,p.d,sizeof(P),P.d,alignment(P)); p.x=9; print(p.x)
a=(c_int*4)(1,2,3); print(list(a), len(a), a[1:3], sizeof(a), type(a).__name__)
CMP=CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
def cmp(a,b): return a[0]-b[0]
arr=(c_int*5)(5,3,4,1,2)
libc.qsort(arr,5,sizeof(c_int),CMP(cmp)); print(list(arr))
i=c_int(3); q=pointer(i); q.contents.value=8; print(i, q[0]); q[0]=10; print(i)
buf=create_string_buffer(b'abc',10); print(buf.value, buf.raw, sizeof(buf)); buf.value=b'zz'; print(buf.raw)
print(string_at(b'foo'), cast(buf, c_char_p).value, cast(pointer(i), POINTER(c_uint)).contents)
class U(Union): _fields_=[('i',c_int),('f',c_float)]
u=U(); u.f=1.0; print(hex(u.i))
class B(Structure): _fields_=[('a',c_int,3),('b',c_int,5),('c',c_uint,8)]
b=B(1,-2,200); print(b.a,b.b,b.c,sizeof(B),B.b)
libc.sprintf(buf, b'%d %s', 5, b'q'); print(buf.value)
t=libc.snprintf(buf, c_size_t(10), b'%.2f', c_double(2.5)); print(buf.value,t)
try: libc.strlen(1.5)
except ArgumentError as e: print(e)
try: libc.nosuch
except AttributeError as e: print(str(e).rpartition(": ")[2])
try: c_int('x')
except TypeError as e: print(e)
print(memoryview(a).format, memoryview(a).shape, bytes(p)[:6], memoryview(p).format)
class BE(BigEndianStructure): _fields_=[('v',c_uint16),('w',c_uint32)]
print(bytes(BE(1,2)))
get=libc.getenv; get.restype=c_char_p; print(get(b'NOPE'))
print(P.from_buffer_copy(bytes(p)).d, P.from_buffer(bytearray(24)).x)
r=(P*2)((1,2,3),(4,5,6)); print(r[1].d)
libc2=CDLL(None,use_errno=True); libc2.open(b'/nonexistent/file',0); import errno; print(get_errno()==errno.ENOENT)
import pickle; print(pickle.loads(pickle.dumps(p)).d)
class Node(Structure):
    pass
Node._fields_ = [("value", c_int), ("next", POINTER(Node)), ("name", c_char * 4), ("label", c_char_p)]
second = Node(2, None, b"two", b"second")
first = Node(1, pointer(second), b"one", b"first")
print(first.next.contents.value, first.next.contents.name, first.next[0].label, bool(second.next), first._fields_[0][0])
try:
    first.next.contents.next.contents
except ValueError as e:
    print(e)
@CFUNCTYPE(c_double, c_double, c_char_p)
def callback(x, text):
    return x * len(text)
print(callback(1.5, b"four"))
class Nested(Structure):
    _anonymous_ = ["part"]
    class Part(Union):
        _fields_ = [("whole", c_uint32), ("halves", c_uint16 * 2)]
    _fields_ = [("part", Part), ("pair", c_int * 2)]
nested = Nested()
nested.whole = 0x00020001
nested.pair = (7, 8)
print(list(nested.halves), list(nested.pair), sizeof(nested), Nested.pair)
memory = (c_ubyte * 4).from_buffer(bytearray(b"abcd"))
memset(memory, 65, 2)
memmove(addressof(memory) + 2, b"xy", 2)
print(bytes(memory), wstring_at("wide"), py_object([1]).value)
for bad in (lambda: (c_int * 2)(1, 2, 3), lambda: Node(1, 2), lambda: c_char(b"ab"), lambda: c_int * -1,
            lambda: (c_int * 2)()[5], lambda: setattr(second, "name", b"too long"), lambda: libc.atoi(1, 2j), lambda: byref(3)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)

# Fields are filled before it is seen that there are too many values for them.
class Two(ctypes.Structure):
    _fields_ = [("number", ctypes.c_int), ("text", ctypes.c_char * 4)]


for values in (1, b"a", 3), (1, 2, 3):
    try:
        Two(*values)
    except TypeError as e:
        print(e)
print(type(ctypes.byref(ctypes.c_int())))


# What is refused, and in which words.
def refused(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


made = c_int(3), Two(), (c_int * 2)(), pointer(c_int(1)), c_char_p(b"x"), CFUNCTYPE(c_int)(int)
for value in made:
    refused(hash, value)
for kind in c_int, c_double, c_char, c_bool, c_wchar, c_void_p, c_char_p, c_wchar_p:
    for value in "ab", 3.5, None, c_short(1), object:
        refused(lambda: type(kind.from_param(value)).__name__)
for offset in "a", 1.5, None:
    refused(byref, c_int(), offset)
for fields in 3, [("a",)], [3], [(3, c_int)], [("a", c_int, "x")], [("a", c_int, 99)], [("a", c_double, 3)]:
    refused(type, "Fields", (Structure,), {"_fields_": fields})
