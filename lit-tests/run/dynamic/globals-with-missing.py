# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Globals that are a subclass of dict: names of functions come from __missing__ too, then from the builtins.


class Globals(dict):
    def __missing__(self, key):
        if key.startswith("_n_"):
            return int(key[3:])
        print("asked for", key)
        raise KeyError(key)


print(eval("(lambda: _n_1 + _n_20 + len('abc'))()", Globals()))
print(eval("_n_1", Globals()), eval("[_n_1 + i for i in range(2)]", Globals()))
try:
    eval("(lambda: absent)()", Globals())
except NameError as e:
    print(e)
space = Globals()
exec("def f(): return _n_7 + own\nown = 1\nclass C: x = len('ab')", space)
print(space["f"](), space["C"].x, [k for k in space if k != "__builtins__"])
