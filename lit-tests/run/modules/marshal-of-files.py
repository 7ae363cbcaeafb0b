# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# marshal.load() takes no byte of a file that cannot go back but those of the object, and says what is wrong.
import marshal, os, io
r, w = os.pipe()
f = os.fdopen(r, "rb"); g = os.fdopen(w, "wb")
for v in (1, "abc", [1,2.5, (None, True)], b"x" * 10): marshal.dump(v, g)
g.flush()
for i in range(4): print(marshal.load(f))
class R:
    def __init__(s, d): s.f = io.BytesIO(d); s.log = []
    def read(s, *a): s.log.append(("read", a)); return s.f.read(*a)
    def readinto(s, b): s.log.append(("readinto", len(b))); return s.f.readinto(b)
r = R(marshal.dumps((1, "abc", 2**70, 1.5, b"xyz"))); print(marshal.load(r), r.log[:4])
class N:
    def read(s, *a): return b"abc"
for bad in (N(), 3, io.StringIO("abc"), io.BytesIO(b""), io.BytesIO(b"\xe9\x01"), io.BytesIO(b"[\x05\0\0\0N")):
    try: print(marshal.load(bad))
    except Exception as e: print(type(e).__name__, e)
