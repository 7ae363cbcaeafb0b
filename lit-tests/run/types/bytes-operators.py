# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# bytes: %, +, ==, strip, and the names of codecs: the common cases that are done at once, and what stands next to them.
b = b'abc'
for f, a in [(b'%s-%s', (b, b'x')), (b'%d', 5), (b'%d str', -7), (b'%s', b), (b'%s', (b,)), (b'%s%%', (b,)), (b'%s', ()), (b'x', ()), (b'', ()), (b'%s', (b'',)), (b'%s', (b'q',)), (b'%s %s', (b,)), (b'%s', (b, b)), (b'%', (1,)), (b'abc%', ()), (b'%d', 1 << 70), (b'%b', b), (b'%s', 1), (b'%d', b), (b'%5d|%-3s|', (3, b'a')), (b'%s', bytearray(b'zz')), (b'%d' * 9, tuple(range(9))), (b'%d' * 8, tuple(range(8))), (b'%d', True), (b'%c', 65), (b'a', 5), (b'ab', b'')]:
    try: print(f, a, f % a)
    except Exception as e: print(f, a, type(e).__name__, e)
for x, y in [(b'', b''), (b'a', b''), (b'a', b'b'), (b'ab', b'a'), (b'\xff', b'\x01'), (b'aa', b'b')]:
    print(x < y, x <= y, x == y, x != y, x > y, x >= y, x + y)
    x += y
    print(x)
class B(bytes):
    def __eq__(s, o): return 'eq'
    def __add__(s, o): return 'add'
    def __radd__(s, o): return 'radd'
    def __rmod__(s, o): return 'rmod'
print(b'a' == B(b'a'), b'a' + B(b'a'), b'%s' % B(b'a'), B(b'q') + b'')
class S(str):
    def __rmod__(s, o): return 'rmod'
class T(tuple):
    def __rmod__(s, o): return 'trmod'
print('%s' % S('a'), '%s' % T((1,)), '%s %s' % (1, 2), b'%s' % T((b'1',)))
print(b'  a '.strip(), b'xxaxx'.lstrip(b'x'), b'\t\n\x0b\x0c\r a\x1c'.strip(), b''.strip(), b' '.rstrip(), bytearray(b' x ').strip())
for e in ['ascii', 'utf8', 'UTF-8', 'latin-1', 'Latin1', 'utf_16_le', 'ISO-8859-1', 'us-ascii', 'ascii\0', 'nope']:
    try: print(e, 'a\xe9'.encode(e, 'replace'), b'a\xe9'.decode(e, 'replace'))
    except Exception as x: print(type(x).__name__, x)
print('%s' % ({'a': 1},), '%(a)s' % {'a': 1}, '%d%%' % (4,))
import sys
print([sys.getsizeof(x) for x in (b"a b".split(), b"a-b".split(b"-"), b"ab".rsplit(b"-", 2), b"".split(), b"a b".split(None, 1))])
