# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Keywords that stand in a row behind ** are all evaluated before any of them is found to be a second one.
def f(**k): return k
class T:
    def __getattr__(self, n): print('eval', n); return 0
t = T()
for s in ("f(**{'a': 1}, a=1/0)", "f(**{'p1': 0}, p1=t.a, p2=t.b)", "f(**{'p1':0}, p2=t.z, p1=1, p3=1/0)"):
    try: print(eval(s))
    except Exception as e: print('eval', type(e).__name__, e)
def g1(): return f(**{'a': 1}, a=1/0)
def g2(): return f(**{'p1': 0}, p1=t.a, p2=t.b)
for g in (g1, g2):
    try: print(g())
    except Exception as e: print('compiled', type(e).__name__, e)
print(f(**{"a": 1}, b=t.b, c=t.c, **{"d": 4}, e=t.e))
