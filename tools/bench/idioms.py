"""What programs do all day, a function each: `operations.py --idioms` times them. Nobody writes these for speed, and Krait is
tuned for none of them: what is slow here is to be mended in general.
"""
import collections
import dataclasses
import datetime
import enum
import functools
import heapq
import itertools
import json
import math
import operator
import random
import re
import string
from decimal import Decimal
from fractions import Fraction

words = ('the quick brown fox jumps over the lazy dog and runs away from the big bad wolf ' * 5).split()
text = '\n'.join(('line %d: value=%d; name=x%d' % (i, i * 3, i) for i in range(40)))
grid = [[i * j % 7 for j in range(12)] for i in range(12)]
graph = {i: [(i * 7 + k) % 60 for k in range(4)] for i in range(60)}
sgraph = {i: {(i * 7 + k) % 60 for k in range(4)} for i in range(60)}
d = {w: len(w) for w in words}


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, o):
        return isinstance(o, P) and self.x == o.x and (self.y == o.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __lt__(self, o):
        return (self.x, self.y) < (o.x, o.y)

    def __repr__(self):
        return f'P({self.x}, {self.y})'


ps = [P(i % 5, i % 7) for i in range(40)]
recs = [{'name': 'n%d' % i, 'age': i % 50, 'tags': ['a', 'b']} for i in range(40)]


@dataclasses.dataclass
class D:
    a: int
    b: int


NT = collections.namedtuple('NT', 'a b')


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class CM:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


class MyErr(Exception):
    pass


class B1:
    def __init__(self, v):
        self.v = v

    def m(self, x):
        return self.v + x


class B2(B1):

    def __init__(self, v):
        super().__init__(v)
        self.w = 1

    def m(self, x):
        return super().m(x) + self.w


def idiom_count_get():
    c = {}
    for w in words:
        c[w] = c.get(w, 0) + 1


def idiom_count_in():
    c = {}
    for w in words:
        if w in c:
            c[w] += 1
        else:
            c[w] = 1


def idiom_count_default():
    c = collections.defaultdict(int)
    for w in words:
        c[w] += 1


def idiom_counter():
    c = collections.Counter(words)
    m = c.most_common(3)


def idiom_group():
    g = {}
    for w in words:
        g.setdefault(len(w), []).append(w)


def idiom_group_dd():
    g = collections.defaultdict(list)
    for w in words:
        g[w[0]].append(w)


def idiom_sort_items():
    s = sorted(d.items(), key=lambda kv: (-kv[1], kv[0]))


def idiom_sort_attr():
    s = sorted(ps, key=lambda p: p.x)


def idiom_sort_itemgetter():
    s = sorted(recs, key=operator.itemgetter('age'))


def idiom_sort_lt():
    s = sorted(ps)


def idiom_max_key():
    m = max(d, key=d.get)
    n = min(ps, key=lambda p: p.y)


def idiom_bfs():
    seen = {0}
    q = collections.deque([0])
    while q:
        n = q.popleft()
        for m in graph[n]:
            if m not in seen:
                seen.add(m)
                q.append(m)


def idiom_dfs_set():
    seen = set()
    st = [0]
    while st:
        n = st.pop()
        if n in seen:
            continue
        seen.add(n)
        for m in sgraph[n]:
            st.append(m)


def idiom_split_lines():
    o = []
    for line in text.split('\n'):
        k, v = line.split(':', 1)
        o.append((k, v.strip()))


def idiom_parse_kv():
    o = {}
    for line in text.splitlines():
        for part in line.split(';'):
            if '=' in part:
                k, v = part.split('=')
                o[k.strip()] = v


def idiom_regex():
    o = [m.group(1) for m in re.finditer('value=(\\d+)', text)]


def idiom_neighbours():
    t = 0
    for y in range(12):
        for x in range(12):
            for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                if 0 <= y + dy < 12 and 0 <= x + dx < 12:
                    t += grid[y + dy][x + dx]


def idiom_transpose():
    z = [list(r) for r in zip(*grid)]
    c = [row[:] for row in grid]


def idiom_flatten():
    z = [x for row in grid for x in row if x]


def idiom_enum_zip():
    t = 0
    for i, (a, b) in enumerate(zip(words, words[1:])):
        if a < b:
            t += i


def idiom_fstrings():
    o = [f"{r['name']:<10} {r['age']:>5} {r['age'] / 3:.2f}" for r in recs]


def idiom_percent():
    o = ['%s-%d' % (r['name'], r['age']) for r in recs]


def idiom_join():
    o = ', '.join((str(i) for i in range(40)))
    u = ''.join((c.upper() for c in o if c.isalpha()))


def idiom_objset():
    s = set(ps)
    n = sum((1 for p in ps if p in s))


def idiom_objdict():
    c = {}
    for p in ps:
        c[p] = c.get(p, 0) + 1


def idiom_repr():
    s = repr(ps[:10])
    t = str(recs[:3])


def idiom_json():
    s = json.dumps(recs[:5])
    t = json.loads(s)


def idiom_filter():
    o = [r for r in recs if r['age'] > 20 and 'a' in r['tags']]
    n = sum((r['age'] for r in o))


def idiom_memo():
    m = {}

    def f(n):
        if n < 2:
            return n
        if n in m:
            return m[n]
        m[n] = f(n - 1) + f(n - 2)
        return m[n]
    f(40)


def idiom_lru():

    @functools.lru_cache(None)
    def f(n):
        return n if n < 2 else f(n - 1) + f(n - 2)
    f(40)


def idiom_exc():
    t = 0
    for w in words:
        try:
            t += int(w)
        except ValueError:
            t -= 1


def idiom_slices():
    s = text
    n = 0
    while s:
        n += 1
        s = s[17:]


def idiom_char_loop():
    n = 0
    for c in text:
        if c in string.digits:
            n += 1
        elif c.isalpha():
            n += 2


def idiom_caesar():
    o = ''.join((chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in text))


def idiom_perm():
    n = 0
    for p in itertools.permutations(range(5)):
        n += p[0]


def idiom_prod():
    n = 0
    for a, b in itertools.product(range(12), repeat=2):
        n += a * b


def idiom_combs():
    o = [c for c in itertools.combinations(words[:12], 2) if c[0] < c[1]]


def idiom_chain():
    n = 0
    for x in itertools.chain(range(10), words, [1, 2]):
        n += 1


def idiom_groupby():
    o = [(k, len(list(g))) for k, g in itertools.groupby(sorted(words), key=len)]


def idiom_heap():
    h = []
    for i, w in enumerate(words):
        heapq.heappush(h, (len(w), i, w))
    while h:
        heapq.heappop(h)


def idiom_matrix():
    n = 12
    z = [[sum((grid[i][k] * grid[k][j] for k in range(n))) for j in range(n)] for i in range(n)]


def idiom_randoms():
    r = random.Random(5)
    o = [r.randint(1, 6) for _ in range(40)]
    r.shuffle(o)
    r.choice(o)


def idiom_strbuild():
    s = ''
    for w in words:
        s += w + ' '


def idiom_reverse():
    o = [w[::-1] for w in words]
    r = list(reversed(words))


def idiom_dictcomp():
    o = {k: v for k, v in d.items() if v > 3}
    i = {v: k for k, v in o.items()}


def idiom_dictmerge():
    o = {**d, 'x': 1}
    o.update({'y': 2})
    p = o | d


def idiom_setops():
    a = set(words[:20])
    b = set(words[5:])
    c = a & b | a - b ^ b


def idiom_gen():

    def g(n):
        for i in range(n):
            yield (i * i)
    t = sum((x for x in g(100) if x % 2))


def idiom_closures():

    def mk(k):
        return lambda x: x + k
    fs = [mk(i) for i in range(20)]
    t = sum((f(1) for f in fs))


def idiom_kwargs():

    def f(a, b=2, *args, c=3, **kw):
        return a + b + c + len(args) + len(kw)
    t = 0
    for i in range(40):
        t += f(i, c=5, z=1) + f(1, 2, 3, 4)


def idiom_props():

    class Q:

        def __init__(self):
            self._v = 1

        @property
        def v(self):
            return self._v
    q = Q()
    t = 0
    for i in range(40):
        t += q.v


def idiom_dataclass():
    o = [D(i, i + 1) for i in range(40)]
    e = sum((1 for x in o if x == D(3, 4)))


def idiom_namedtuple():
    o = [NT(i, i + 1) for i in range(40)]
    t = sum((x.a + x.b for x in o))


def idiom_enumx():
    t = 0
    for c in Color:
        if c is Color.RED:
            t += c.value
        t += len(c.name)


def idiom_with():
    t = 0
    for i in range(20):
        with CM() as c:
            t += 1


def idiom_match():
    t = 0
    for r in recs:
        match r:
            case {'age': a, 'name': n} if a > 20:
                t += a
            case _:
                t += 1


def idiom_wordlen():
    o = list(map(len, words))
    p = list(filter(None, o))
    q = sum(map(int, ['1', '2']))


def idiom_binsearch():
    a = list(range(0, 400, 3))
    t = 0
    for x in range(40):
        lo, hi = (0, len(a))
        while lo < hi:
            m = (lo + hi) // 2
            if a[m] < x:
                lo = m + 1
            else:
                hi = m
        t += lo


def idiom_primes():
    o = [n for n in range(2, 100) if all((n % k for k in range(2, int(n ** 0.5) + 1)))]


def idiom_collatz():
    b = 0
    for i in range(1, 30):
        n = i
        c = 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            c += 1
        b = max(b, c)


def idiom_gcds():
    t = 0
    for a in range(1, 20):
        for b in range(1, 20):
            t += math.gcd(a, b)


def idiom_strip():
    o = [w.strip('.,!').lower().title() for w in words]


def idiom_startswith():
    n = sum((1 for w in words if w.startswith('t') or w.endswith(('x', 'g'))))


def idiom_replace():
    s = text.replace('value', 'v').replace('name', 'n').count('x')


def idiom_format():
    s = '{} {:>5} {name}'.format(1, 2, name='x')
    for i in range(10):
        s = '{0:05d}|{1:<8}|'.format(i, 'ab')


def idiom_tuplekey():
    m = {}
    for y in range(12):
        for x in range(12):
            m[x, y] = grid[y][x]
    t = 0
    for (x, y), v in m.items():
        t += x * v


def idiom_nestdict():
    m = {}
    for r in recs:
        m.setdefault(r['age'] % 5, {}).setdefault(r['name'][0], []).append(r)


def idiom_linked():
    h = None
    for i in range(40):
        h = [i, h]
    t = 0
    while h:
        t += h[0]
        h = h[1]


def idiom_bits():
    t = 0
    for i in range(200):
        t += bin(i).count('1') + (i & -i)


def idiom_bytesx():
    b = bytearray()
    for i in range(100):
        b.append(i)
    t = sum(b)
    h = bytes(b).hex()


def idiom_deque():
    q = collections.deque(maxlen=10)
    for w in words:
        q.append(w)
    t = sum((len(w) for w in q))


def idiom_isinst():
    t = 0
    for x in [1, 'a', 2.5, None, [1], {}] * 5:
        if isinstance(x, int):
            t += 1
        elif isinstance(x, (str, list)):
            t += 2
        elif isinstance(x, dict):
            t += 3


def idiom_raises():
    t = 0
    for i in range(20):
        try:
            if i % 2:
                raise MyErr('x', i)
        except MyErr as e:
            t += e.args[1]
        finally:
            t += 1


def idiom_super():
    t = 0
    for i in range(20):
        t += B2(i).m(1)


def idiom_getattrs():
    t = 0
    for p in ps:
        t += getattr(p, 'x') + getattr(p, 'zz', 1)
        if hasattr(p, 'y'):
            setattr(p, 'y', p.y)


def idiom_datet():
    a = datetime.date(2020, 1, 1)
    for i in range(20):
        a += datetime.timedelta(days=1)
        s = a.isoformat()


def idiom_decimalx():
    t = Decimal(0)
    for i in range(20):
        t += Decimal('1.10') * i


def idiom_fract():
    t = Fraction(0)
    for i in range(1, 10):
        t += Fraction(1, i)
