# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Searches that meet small ints alone, and those that meet anything else on their way.
import bisect


class Odd:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        print("less", self.number)
        return self.number < int(other)

    def __gt__(self, other):
        print("greater", self.number)
        return self.number > int(other)

    def __int__(self):
        return self.number


class Listed(list):
    def __len__(self):
        return 2


numbers = [1, 3, 3, 5, 7.0, 2**70, 2**80]
for x in (0, 1, 3, 4, 6, 7, 8, 2**70, 2**90, 3.5, True):
    print(x, bisect.bisect(numbers, x), bisect.bisect_left(numbers, x), bisect.bisect_right(numbers, x, 1), bisect.bisect_left(numbers, x, 2, 4))
print(bisect.bisect([1, 2, Odd(3), 4, 5], 3), bisect.bisect_left([1, 2, Odd(3), 4, 5], 3), bisect.bisect([1, 2, 3], Odd(2)))
print(bisect.bisect(Listed([1, 2, 3, 4]), 9), bisect.bisect((1, 2, 3), 2), bisect.bisect(range(10), 4), bisect.bisect([], 1))
print(bisect.bisect([5, 4, 3, 2, 1], 2, key=lambda x: -x), bisect.bisect_left([5, 4, 3], -4, key=lambda x: -x))
for arguments in (([1, 2], 1, -1), ([1, 2], 1, 0, 5), ([1, "a", 3], 2), ([1], "a"), ([1, 2], 5, 2, 3)):
    try:
        print(bisect.bisect(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
row = [1, 4, 9]
for x in (0, 4, 5, 10):
    bisect.insort(row, x)
    bisect.insort_left(row, float(x))
print(row)


# What a module has is replaced while the sites that call it go on.
def other(a, x, lo=0):
    return "other", x, lo


found = []
for turn in range(6):
    if turn == 3:
        kept, bisect.bisect = bisect.bisect, other
    if turn == 5:
        bisect.bisect = len
    try:
        found.append(bisect.bisect([1, 2, 3], turn))
    except TypeError as error:
        found.append(str(error))
print(found)
