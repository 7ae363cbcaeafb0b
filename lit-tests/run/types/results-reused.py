# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The tuples of zip and enumerate are filled again when nobody holds the one before, of any length.
def identities(iterator):
    return id(next(iterator)) == id(next(iterator))


print([identities(zip(*["abcdef"] * n)) for n in range(1, 6)], identities(enumerate("abc")))
print([[*zip(*["abc"] * n)] for n in range(1, 5)])


class Noisy:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


def noisy(k):
    return (Noisy((k, i)) for i in range(3))


z = zip(noisy(0), noisy(1), noisy(2))
for t in z:
    print("got", len(t))
    del t
print("end")
del z
held = []
z = zip("abcd", "efgh", "ijkl")
for t in z:
    held.append(t)
    if len(held) == 2:
        held.clear()
        t = None
    print(held)
z = zip("abcd", [[1], [2], [3], [4]], "ijkl")
print(hash(next(z)[0]) == hash("a"), {t[::2]: t for t in z})
