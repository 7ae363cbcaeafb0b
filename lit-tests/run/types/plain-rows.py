# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What goes by whole rows where all is plain, at the borders of that: packing, sums of conditions, replacing, translating, chains.
import itertools, struct, zlib
def digest(results): return zlib.crc32(repr(results).encode())
def attempt(f, *a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)
# struct: every format at its ends
for order in ('', '<', '>', '=', '!'):
    for c in 'bBhHiIlLqQnN':
        if order and c in 'nN': continue
        size = struct.calcsize(order + c)
        results = []
        for v in (0, 1, -1, 5, 2 ** (8 * size - 1) - 1, 2 ** (8 * size - 1), -2 ** (8 * size - 1), -2 ** (8 * size - 1) - 1, 2 ** (8 * size) - 1, 2 ** (8 * size), True, 2.5, 'x'):
            results.append(attempt(struct.pack, order + '2' + c, v, 1))
        print(order, c, digest(results), results[5])
    print(order, struct.unpack(order + '3b3B', bytes([0, 127, 255] * 2)), struct.unpack(order + '2h2H', b'\x00\x80\xff\xff' * 2), struct.unpack(order + 'iIqQ', b'\xff' * struct.calcsize(order + 'iIqQ')), struct.unpack(order + 'q', b'\x00' * 7 + b'\x80'))
# sums of conditions
class Int(int): pass
for items in ([True, False, True], [1, True, 2.5, True], [True] * 3 + [2 ** 62, True, 2 ** 62, True], [0.5, True], [Int(3), True], [True, Int(3)], [2 ** 80, True, -5, False], [False]):
    print(sum(items), type(sum(items)), sum(items, True), sum(items, 0.5), sum(iter(items)))
for a, b in itertools.product((True, False, 3, -2, 2 ** 61, 2.5, 1j, Int(4)), repeat=2):
    c = a; c += b; d = a; d -= b
    print(a + b, a - b, a * b, c, d, type(a + b), type(a - b))
# replacements of ASCII texts
for text in ('', 'a', 'aa', 'ab' * 40, 'x' * 250 + 'ab', 'ab' + 'x' * 250 + 'abab', 'x' * 190 + 'ab' + 'x' * 20 + 'ab', 'aab' * 100, 'abé' * 5, 'ab\u0100'):
    results = []
    for old in ('a', 'ab', 'xa', 'xxab', 'b', 'é', 'zz', 'aa'):
        for new in ('', 'Q', 'ab', 'long text', 'ü', '\u0100'):
            r = [text.replace(old, new), text.replace(old, new, 1), text.replace(old, new, 3)]
            results.append([(len(x), x == ''.join(list(x)), x[:30], x[-5:], x.isascii()) for x in r])
        results.append((text.find(old), text.count(old), len(text.split(old)), text.rfind(old), text.encode().find(old.encode()), text.encode().replace(old.encode(), b'--')[:20]))
    print(len(text), text[:3], digest(results), results[0], results[-1])
# translations
class Table:
    def __getitem__(self, k):
        if k == 98: raise LookupError
        if k == 99: return 'CC'
        return k + 1
for table in ({}, {97: 'x'}, {97: None}, {97: 98, 98: 97}, {97: 'long', 98: None}, {97: 'é'}, {97: 233}, {97: 0x100}, {97: 1.5}, {98: -1}, {98: 0x110000}, Table(), {97: ''}, {97: True}):
    print(table if isinstance(table, dict) else 'Table', [attempt(text.translate, table) for text in ('', 'a', 'b', 'ab', 'abcabc', 'cab' * 3, 'abé', 'éa', '\u0100ab', 'zzz')])
# fromhex
for text in ('', '00', '0', 'ff 00', ' ff00 ', 'f f', 'FFfe', '00' * 127, '00' * 128, '01' * 128 + '0', 'ab' * 200 + ' cd', 'ab' * 200 + 'g', 'é', '0é', 'abcd\tef\n12', '1\u0100', '12\u0100', 'zz', '0x12', '\x00\x00'):
    print(len(text), digest(attempt(bytes.fromhex, text)), attempt(bytearray.fromhex, text) if len(text) < 9 else '')
# chains
print(list(itertools.chain([1, 2], (3,), range(3), 'ab', {5: 6}, iter([]), map(str, [1]))), list(itertools.chain.from_iterable([[1], [], (), [2, 3]])))
grown = [1, 2]
chained = itertools.chain(grown, grown)
print(next(chained), next(chained)); grown.append(7); print(list(chained))
def fails():
    yield 1
    raise ValueError('in the middle')
print(attempt(list, itertools.chain([0], fails())), attempt(list, itertools.chain([0], 5)))
c = itertools.chain([1], [2]); next(c); print(c.__reduce__()[0], list(c), list(c))
print(list(itertools.compress('abcdef', [1, 0, True, None, 'x', 0.0])), list(itertools.starmap(pow, [(2, 3), [3, 2]])))
# sets of characters, cycles and copies of dicts
import gc
print(len(set('hello world' * 9)), sorted(set('zażółć gęślą')), sorted(frozenset('aab') | set('bcé')), sorted({*'xyx', *''}))
cycled = itertools.cycle('ab'); print([next(cycled) for _ in range(5)], list(itertools.islice(itertools.cycle(iter([1, 2, 3])), 7)), list(itertools.cycle([])))
for d in ({}, {1: 2}, {'a': []}, {'a': 1, 'b': 'x'}, {(1,): 2}, dict.fromkeys('abc')):
    c = d.copy(); c['new'] = 1
    print(d, c, gc.is_tracked(d.copy()) == gc.is_tracked(d), dict(d) == d)
holed = {i: i for i in range(20)}
for i in range(0, 20, 3): del holed[i]
print(list(holed.copy()), holed | {5: 'five'})
class Dying:
    def __init__(self, name): self.name = name
    def __del__(self): print('dies', self.name)
def zipped():
    kept = [Dying('x'), Dying('y')]
    for a, b in zip((Dying(x) for x in 'ab'), kept): print(a.name, b.name)
    del a, b
    print('left')
zipped()
# sums of lists
for a in ([], [1], [1, 2.5], ['a', 'b'], [[1], None]):
    for b in ([], [3], ['c'], [0.0, []]): print(a + b, sum([a, b], []))
class L(list): pass
print(L([1]) + ['x'], type(L([1]) + [2]), type([1] + L('ab')))
x = ['s'] * 3; y = x + x; x.clear(); print(y)
try: [1] + (2,)
except TypeError as e: print(e)
