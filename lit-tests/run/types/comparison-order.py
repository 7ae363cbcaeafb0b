# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which operand is asked when containers are compared or searched; keywords of weak references' subclasses.
import collections
import weakref


class Left:
    def __eq__(self, other):
        print("left asked")


class Any:
    def __eq__(self, other):
        print("any asked")
        return True


left, anything = Left(), Any()
print((left,) == (anything,), (anything,) == (left,), [left] == [anything], [anything] == [left])
print({1: left} == {1: anything}, {1: anything} == {1: left}, {1: left} != {1: anything})
print(left in [anything], anything in [left], left in (anything,), [anything].count(left), [left].count(anything))


# Values of an OrderedDict come from itself, whatever a subclass does with its []; a mapping is asked for all keys first.
class Recent(collections.OrderedDict):
    def __getitem__(self, key):
        print("get", key)
        self.move_to_end(key)
        return super().__getitem__(key)


recent = Recent(a=1, b=2, c=3)
print(recent, list(recent.values()), list(reversed(recent.items())), recent == recent)
print([recent.move_to_end(key) for key in recent if key == "c"], recent.move_to_end("a", False))
print(dict(recent), {**recent}, recent == {"a": 1}, recent.popitem())


class NoKeys:
    def keys(self):
        return 3


try:
    dict(NoKeys())
except TypeError as e:
    print(e)


class Extended(weakref.ref):
    def __init__(self, o, callback=None, **attributes):
        super().__init__(o, callback)
        vars(self).update(attributes)


class Target:
    pass


target = Target()
print(Extended(target, color="red").color, Extended(target)() is target)
for wrong in (lambda: weakref.ref(target, callback=None), lambda: Extended(), lambda: weakref.ref(target, None, 1)):
    try:
        print(wrong())
    except TypeError as e:
        print(e)
