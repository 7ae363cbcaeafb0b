# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A program that calls the methods that dir() tells finds the ones that pickle and copy call, although it imports neither.
class Plain:
    def __init__(self):
        self.x = 1


class Slotted:
    __slots__ = ("a",)

    def __init__(self):
        self.a = 5


for o in (1, "a", [], Plain(), Slotted()):
    for name in sorted(dir(o)):
        if name in ("__getstate__", "__reduce__"):
            try:
                print(name, str(getattr(o, name)()).split(" at 0x")[0])
            except TypeError as e:
                print(name, e)
