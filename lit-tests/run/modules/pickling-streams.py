# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Streams that have no __reduce__ of their own are refused by object's, in its words for each protocol; subclasses may have one.
import copy
import io
import pickle
with open("/dev/null", "rb", 0) as raw:
    for o in (open("/dev/null"), open("/dev/null","rb"), raw, open("/dev/null", "wb"), io.BufferedRandom(io.BytesIO()), io.BufferedRWPair(io.BytesIO(), io.BytesIO()), io.BytesIO(b"abc"), io.StringIO("x"), io.TextIOWrapper(io.BytesIO()), io.IncrementalNewlineDecoder(None, True)):
        for f in (lambda o: o.__reduce_ex__(1), lambda o: o.__reduce_ex__(2), lambda o: o.__reduce__(), lambda o: o.__getstate__(), copy.copy, copy.deepcopy):
            try: print(type(o).__name__, str(f(o)).split(" at 0x")[0])
            except Exception as e: print(type(e).__name__, e)
        print([n for n in type(o).__dict__ if "reduce" in n or "state" in n])
class T(io.TextIOWrapper): pass
class B(io.BufferedReader): pass
class BB(io.BufferedReader):
    def __reduce__(self): return (str, ("x",))
for o in (T(io.BytesIO()), B(io.BytesIO()), BB(io.BytesIO())):
    for p in range(6):
        try: print(pickle.dumps(o, p))
        except Exception as e: print(type(e).__name__, e)
