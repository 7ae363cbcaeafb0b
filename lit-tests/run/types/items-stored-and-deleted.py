# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What objects that have no items to store say depends on the key: indices are converted first, and of those alone a sequence's
# deletion speaks.
class Plain: pass
class Tuple(tuple): pass
class Int(int): pass
class Failing:
    def __index__(self): raise ZeroDivisionError("index")
class One:
    def __index__(self): return 1
def store(o, k): o[k] = 1
def delete(o, k): del o[k]
for o in (1, 2), Tuple((1, 2)), "ab", b"ab", 5, 5.0, None, Plain(), Int(3), range(3), {1}, {}.keys(), memoryview(b"ab"), slice(1), [1].__len__, len, int:
    for k in 0, slice(1, None), "a", 10**100, Failing(), One(), None, 1.5:
        for do in store, delete:
            try:
                do(o, k)
            except Exception as e:
                print(do.__name__, type(o).__name__, type(k).__name__, type(e).__name__, e)
