# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bit fields in both byte orders, of types of one size and of several; the types of the other order have names of their own.
import ctypes
import itertools

TYPES = [ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_int16, ctypes.c_int32]
BITS = ((3, 5, 2), (7, 1, 8), (1, 4, 4))
for number, (order, pack, kinds, bits) in enumerate(itertools.product(
        (ctypes.LittleEndianStructure, ctypes.BigEndianStructure), (0, 1), itertools.product(TYPES, repeat=3), BITS)):
    if number % 7:
        continue
    namespace = {"_fields_": list(zip("abc", kinds, bits))}
    if pack:
        namespace["_pack_"] = pack
    made = type("S", (order,), namespace)
    s = made(1, 2, 3)
    before = bytes(s), s.a, s.b, s.c
    s.b, s.a = -1, 0
    read = made.from_buffer_copy(bytes((i * 37 + 11) & 255 for i in range(ctypes.sizeof(made))))
    print(pack, bits, ctypes.sizeof(made), before, bytes(s), s.a, s.b, s.c, read.a, read.b, read.c, made.a, made.b, made.c)


class Own(ctypes.c_int):
    pass


for kind in ctypes.c_int, ctypes.c_double, ctypes.c_byte, ctypes.c_bool, Own:
    other = getattr(kind, "__ctype_be__", None)
    print(other, other and (other.__name__, other.__qualname__, other is kind, other(5)) if kind is not Own else other.__name__)
for fields in ([("a", ctypes.c_bool)], [("p", ctypes.c_void_p)], [("o", Own), ("d", ctypes.c_double)]):
    try:
        made = type("S", (ctypes.BigEndianStructure,), {"_fields_": fields})
        print(bytes(made(1)), made.o, made.d)
    except TypeError as e:
        print(e)
try:
    ctypes.POINTER(3)
except TypeError as e:
    print(e)
