# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Comparisons and items of texts, of what only looks like them, and of numbers where texts were expected.
class Loud(str):
    def __eq__(self, other): return 'loud eq'
    def __lt__(self, other): return 'loud lt'
    __hash__ = str.__hash__
class Odd:
    def __eq__(self, other): return other == 'a'
    def __ne__(self, other): return other != 'a'
    def __lt__(self, other): return [1]
def kinds(s, t):
    out = []
    for i in range(len(s)):
        x, y = s[i], t[-i]
        out.append((x == y, x != y, x < y, x <= y, x > y, x >= y, x == 'a', x != '', '0' <= x <= '9', 'a' == x, x < 'ab', x == 'é', x == 'ж'))
    return out
for s in 'abc', 'a', '0a9', 'é', 'aжb', '\0a', 'a\U0001F600':
    for t in 'abc', 'xyz9', 'é', 'ж0':
        try: print(repr(s), repr(t), kinds(s, t))
        except IndexError as e: print(repr(s), repr(t), e)
def tests(x, n):
    k = []
    for i in range(n):
        if x == 'a': k.append('a')
        if x != 'a': k.append('not a')
        if x == '': k.append('empty')
        try:
            if x < 'b': k.append('less')
            if 'b' >= x: k.append('at most')
        except TypeError as e: k.append(str(e))
    return k
for x in 'a', 'b', '', 'ab', Loud('a'), Loud('z'), Odd(), 1, 1.5, None, b'a', 10**30, ['a'], float('nan'):
    print(type(x).__name__, tests(x, 2))
def at(s: str, n):
    out = []
    for i in range(-n, n):
        try: out.append(s[i])
        except Exception as e: out.append(f'{type(e).__name__}: {e}')
    return out
for s in 'abc', 'жa', '', Loud('ab'), ['x', 'y'], (1, 2), {0: 'zero', 1: 'one'}, b'ab', 5:
    print(type(s).__name__, at(s, 3))
print(at('abc', 2), [s is t for s, t in zip('abc', at('abc', 3)[3:])])
def empties(words):
    n = 0
    for a in words:
        for b in words:
            n = n * 2 + (a < b)
            n = n * 2 + (a <= b)
            n = n * 2 + (a == b)
    return n
print(empties(['', 'a', '\0', 'ab', 'é', 'ж', 'a\0']))
# Instances of classes that say what is equal, and of those that do not.
class Plain:
    def __init__(self, n): self.n = n
class Same(Plain):
    def __eq__(self, other): return [self.n]
class Late(Plain): pass
def meet(some):
    out = []
    for a in some:
        for b in some:
            if a == b: out.append(1)
            if a != b: out.append(0)
    return out
plain = [Plain(i) for i in range(3)]
late = [Late(i) for i in range(2)]
print(meet(plain), meet(late), meet(plain + [Same(0), Same(1)] + late))
Late.__eq__ = lambda a, b: a.n >= b.n
print(meet(late + plain), meet(plain + [None, 1, 'x', 1.5, Plain]))
class Raises(Plain):
    def __ne__(self, other): raise ValueError(self.n)
try: meet([Raises(4), Raises(5)])
except ValueError as e: print('ValueError', e)
class Node:
    def __init__(self, name): self.name, self.next = name, self
def ring(first):
    names, at = [], first.next
    while at != first:
        names.append(at.name)
        at = at.next
    return names
a, b, c = map(Node, 'abc')
a.next, b.next, c.next = b, c, a
print(ring(a), ring(b))
