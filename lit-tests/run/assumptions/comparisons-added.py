# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# What comparisons of anything answer is added as a number, where it is True or False.
def same(a, b):
    n = 0
    for x, y in zip(a, b):
        n += x == y
    return n
def mixed(a, b, k):
    t = 0
    for i in range(k):
        t += i + (a[i % len(a)] != b[i % len(b)])
        t -= (a[0] < b[0]) * 3
    return t
class Odd:
    def __eq__(self, o): return 5
    def __ne__(self, o): return NotImplemented
    def __lt__(self, o): return [1]
print(same("abcd", "abxd"), mixed("abc", "abd", 50))
print(same([Odd(), 1], [2, 1]))
try: print(mixed([Odd()], [Odd()], 5))
except TypeError as e: print(e)
