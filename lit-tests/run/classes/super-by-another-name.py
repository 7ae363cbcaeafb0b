# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# super() under another name finds no class, unless the method's code mentions it.
import builtins

renamed = super


class Base:
    def f(self):
        return "Base.f"


class Derived(Base):
    def f(self):
        return renamed().f()

    def by_attribute(self):
        return builtins.super().f()

    @staticmethod
    def none():
        return renamed()

    def explicit(self):
        return renamed(Derived, self).f()


def outside(x):
    return renamed()


d = Derived()
for call in d.f, d.by_attribute, d.none, d.explicit, lambda: outside(d), lambda: renamed():
    try:
        print(call())
    except RuntimeError as e:
        print(e)
