# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What dies between the steps of a zip over two lists dies before the second is asked, and may change it: pairs that are unpacked, and pairs
# that somebody keeps. The same object in both lists, tuples beside lists, and lists that end meanwhile.


class Dies:
    def __init__(self, name, then=None):
        self.name, self.then = name, then

    def __del__(self):
        print('end of', self.name)
        if self.then:
            self.then()

    def __repr__(self):
        return f'<{self.name}>'


def let_go(a):
    """Nobody but the zip has the first item that is left."""
    for i, item in enumerate(a):
        if item is not None:
            a[i] = item = None
            return


def unpacked(a, b):
    return [print(x, y, let_go(a)) for x, y in zip(a, b)]


def in_loop(a, b):
    for x, y in zip(a, b):
        print(x, y)
        let_go(a)


def whole(a, b):
    for pair in zip(a, b):
        print(pair)
        let_go(a)


def kept(a, b):
    return [(pair, let_go(a)) for pair in zip(a, b)]


def dropped(a, b):
    it = zip(a, b)
    while True:
        try:
            print(next(it))
            let_go(a)
        except StopIteration:
            return


def lists(change):
    first, second = [], [1, 2, 3, 4]
    first.extend(Dies(f'item {i}', lambda i=i: change(first, second, i)) for i in range(4))
    return first, second


def forget(first, second, i):
    second[i + 1:i + 2] = ['changed by %d' % i]


def shorten(first, second, i):
    del second[i + 1:]


def pop(first, second, i):
    if len(first) > i + 2:
        first.pop()


for change in forget, shorten, pop:
    for way in unpacked, in_loop, whole, dropped, kept:
        print('---', change.__name__, way.__name__)
        way(*lists(change))


def taken_out(way):
    """The list that is gone over loses each item as the body sees it, so that the zip alone holds it."""
    a, b = [Dies('a%d' % i) for i in range(3)], [Dies('b%d' % i) for i in range(3)]
    for i, pair in enumerate(way(a, b)):
        a[i] = b[i] = None
        print('step', i, pair)
        del pair
    print('over')


taken_out(zip)
taken_out(lambda a, b: (p for p in zip(a, b)))


def both_the_same():
    one = Dies('one of both')
    a, b = [one, 1, 2], [one, 3, 4]
    del one
    for x, y in zip(a, b):
        print(x, y)
        a[0] = b[0] = None
    a[0] = b[0] = Dies('another of both')
    print([(x, y, a.__setitem__(0, None), b.__setitem__(0, None)) for x, y in zip(a, b)])
    print([len(p) for p in zip((1, 2), [3, 4], (5, 6))], list(zip([1, 2, 3], 'ab')), list(zip((1, 2), (3,))))


both_the_same()

words = [b'alpha', b'be', b'', b'x' * 40, bytes([0]), b'\0\0', b'alpha']
counts = {}
for w in words:
    made = b''.join([w, b''])
    key = bytes(bytearray(made))
    print(key in counts, counts.get(key), end=' ')
    counts[key] = counts.get(key, 0) + 1
print(counts, b'al' + b'pha' in counts, bytearray(b'be') == b'be', 'be' in counts)


class Bytes(bytes):
    def __hash__(self):
        return hash(b'alpha')

    def __eq__(self, other):
        return bytes(self) == other


print(counts[Bytes(b'alpha')], Bytes(b'other') in counts, {b'al' + bytes([112]) + b'ha'} & {b'alpha'}, b'a' + b'b' in {b'ab', b'c'})
table = {bytes([i, i // 2]): i for i in range(256)}
print(sum(table[bytes([i]) + bytes([i // 2])] for i in range(256)), table.get(b'\1\2'))
