# RUN: krait run -O2 %s | diff %s.out -
# Memory is shared both ways.
import array
import io
import struct
import numpy as np

a = np.arange(4, dtype=np.int32)
m = memoryview(a)
print(m.format, m.shape, m.itemsize, m.tolist(), m.nbytes, m.readonly)
m[0] = 100
print(a)
print(bytes(a[:2]), a.tobytes() == bytes(a), bytearray(a)[:4])
b = bytearray(8)
v = np.frombuffer(b, dtype=np.uint8)
v[0] = 7
b[1] = 9
print(b, v)
c = array.array("d", [1.5, 2.5])
w = np.frombuffer(c)
w[0] = -1
print(c, w, np.asarray(memoryview(c)))
two = np.arange(6).reshape(2, 3)
m2 = memoryview(two)
print(m2.shape, m2.strides, m2.tolist(), m2[1, 2], m2.c_contiguous, memoryview(two.T).c_contiguous)
f = io.BytesIO()
f.write(a)
print(f.getvalue() == a.tobytes(), np.frombuffer(f.getvalue(), dtype="<i4"))
print(struct.unpack("<4i", a), struct.unpack_from("<i", a, 4))
np.save(g := io.BytesIO(), a)
g.seek(0)
print(np.load(g))
np.savetxt(s := io.StringIO(), two, fmt="%d")
print(repr(s.getvalue()))
print(np.loadtxt(io.StringIO("1 2\n3 4")), np.genfromtxt(io.StringIO("1,2\n3,4"), delimiter=","))
print(b"".join([a[:1], b"x"]), int.from_bytes(a[:1], "little"))
r = np.array([1, 2])
r.flags.writeable = False
try:
    memoryview(r)[0] = 1
except TypeError as e:
    print(e)
