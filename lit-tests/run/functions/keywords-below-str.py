# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Keywords from a mapping may be instances of classes below str, whose own __eq__ is asked for the parameter they name.
class Said(str):
    def __eq__(self, other):
        print('eq', str(self), other)
        return str.__eq__(self, other)
    __hash__ = str.__hash__
class Same(str):
    def __eq__(self, other): return True
    __hash__ = str.__hash__
class Bad(str):
    def __eq__(self, other): raise ArithmeticError(other)
    __hash__ = str.__hash__
class Plain(str): pass
def two(a=1, b=2): return a, b
def rest(a=1, b=2, **more): return a, b, [type(k).__name__ for k in more]
def only(*, c=3): return c
for f in (two, rest, only):
    for keyword in (Said('a'), Said('c'), Same('other'), Bad('a'), Plain('b'), Plain('c')):
        try: print(f.__name__, f(**{keyword: 5}))
        except (TypeError, ArithmeticError) as e: print(f.__name__, repr(e))
