# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is replaced while dicts are merged may change either of them when it dies; keys may have to be asked in between.


class Ends:
    def __init__(self, act):
        self.act = act

    def __del__(self):
        self.act()


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        print("asked", self.name, getattr(other, "name", other))
        return self.name == getattr(other, "name", other)

    def __repr__(self):
        return self.name


def attempt(target, source):
    try:
        target.update(source)
    except RuntimeError as error:
        print(error)
    print(len(target), [k for k in target], [k for k in source])


for keys in (["a", "b", "c"], [1, 2, 3], [1, "b", (2,)]):
    first, second, last = keys
    source = dict.fromkeys(keys, 0)
    attempt({first: 1, second: Ends(lambda: source.pop(last)), last: 3}, source)
    source = dict.fromkeys(keys, 0)
    attempt({first: 1, second: Ends(lambda: source.__setitem__("more", 3)), last: 3}, source)
    source = dict.fromkeys(keys, 0)
    attempt({first: 1, second: Ends(source.clear), last: 3}, source)
    source = dict.fromkeys(keys, 0)
    target = {first: 1, second: Ends(lambda: target.clear()), last: 3}
    attempt(target, source)
    source = dict.fromkeys(keys, 0)
    attempt({}, source)
    target = {"x": 1}
    attempt(target, source)
    print(target | source == {**target, **source}, list(source | {first: 5, "y": 6}), list({**source, "y": 6}))

attempt({1: 1, Key("k"): 2, Key("l"): 3}, {Key("k"): 4, 7: 5, Key("m"): 6, "s": 7})
print({Key("k"): 2} | {Key("k"): 3})
holes = {i: str(i) for i in range(12)}
del holes[3], holes[0]
attempt({5: 5, 0: 0}, holes)
print({**holes, **{"a": 1}, 3: 3})
