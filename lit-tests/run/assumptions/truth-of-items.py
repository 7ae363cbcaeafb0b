# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# An item whose truth is asked in a loop: a look at the word, or a call that may drop the item from its list.
import weakref


class Last:
    def __init__(self, name, home):
        self.name, self.home = name, home

    def __bool__(self):
        self.home.clear()
        print("asked", self.name)
        return self.name == "yes"

    def __del__(self):
        print("gone", self.name)


class Bad:
    def __bool__(self):
        raise ValueError("no truth")


class Wrong:
    def __bool__(self):
        return 3


class Empty:
    def __len__(self):
        return 0


def count(items, n):
    total = 0
    for i in range(n):
        if items[i]:
            total += 1
        else:
            total += 100
    return total


print(count([True, False, None, 0, 1, -5, "", "a", 0.0, 0.5, [], [1], {}, Empty(), 10**30, Bad], 16))
print(count([True] * 50, 50), count([None] * 50, 50), count([7, 0] * 25, 50))

for name in "yes", "no":
    home = []
    home.append(Last(name, home))
    print(count(home, 1))

bad = Bad()
alive = weakref.ref(bad)
items = [True, bad]
del bad
try:
    count(items, 2)
except ValueError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
print(alive() is items[1])
items.clear()
print(alive())
try:
    count([1, Wrong()], 2)
except TypeError as e:
    print(e)
