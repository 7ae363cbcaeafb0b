# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A generator that is closed before it began, or dies so, begins for a trace function.
import sys
ev = []
def tr(frame, event, arg):
    if frame.f_code.co_name.startswith("g"):
        ev.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, type(arg[1]).__name__ if event=="exception" else arg if event=="return" else None))
    return tr
def g1():
    x = 1
    yield x
def main():
    g = g1(); g.close()
    g = g1(); del g
    g = g1(); next(g); g.close()
    g = g1(); next(g); del g
    g = g1(); list(g); g.close(); del g
    g = (z for z in [1]); g.close()
    async def gc(): pass
    c = gc(); c.close(); del c
sys.settrace(tr); main(); sys.settrace(None)
for e in ev: print(e)
