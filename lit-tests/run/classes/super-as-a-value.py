# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# super that is not called by its name: it finds the class and the first argument in the frame that calls it.
import functools
other = super
class Base:
    def f(self): return 'Base.f'
class Derived(Base):
    def f(self): return other().f()
    def mentions(self):
        __class__
        return other().f()
    def default(self, s=super):
        __class__
        return s().f()
    def deleted(self):
        __class__
        del self
        return other().f()
    def rebound(self):
        __class__
        self = Derived()
        return other().f()
    def captured(self):
        def inner(): return self
        __class__
        return other().f()
    def inside(self):
        __class__
        return (lambda q: other())(1)
    def generator(self):
        __class__
        yield other().f()
    def partial(self):
        __class__
        return functools.partial(other)().f()
    def nothing(*args):
        __class__
        return other()
    def mapped(self):
        __class__
        return [m().f() for m in [other]]
def outside(self): return other()
o = Derived()
for f in (o.f, o.mentions, o.default, o.deleted, o.rebound, o.captured, o.inside, lambda: list(o.generator()), o.partial, o.nothing, o.mapped, lambda: outside(o), lambda: other()):
    try: print(f())
    except RuntimeError as e: print(repr(e))
