# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Where reference counts are looked at, the key is the tuple it would be.
import sys


class Grid:
    def __getitem__(self, key):
        return sys.getrefcount(key), sys.getrefcount(key[0])

    def __contains__(self, key):
        print(sys.getrefcount(key), sys.getrefcount(key[0]))
        return True


def look(g, x, y):
    print(g[x, y], (x, y) in g)


look(Grid(), object(), 1)
