# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sizes, counts and hints that no memory has room for are errors at once, in every call that takes one.
import array
import collections
import hashlib
import io
import itertools
import operator
import os
import random
import struct
import zlib

class Hint:
    def __init__(self, n):
        self.n = n

    def __length_hint__(self):
        return self.n

    def __iter__(self):
        return iter((1, 2))

def written(stream, at, what):
    stream.seek(at)
    return stream.write(what)

def assigned(target, operation, operand):
    return operation(target, operand)

CASES = '''
list(range(N))
tuple(range(N))
[0] * N
(0,) * N
[1, 2, 3] * N
"ab" * N
"\u1234" * N
b"ab" * N
bytearray(b"ab") * N
bytes(N)
[*range(N)]
(*range(N),)
[].extend(range(N))
list(itertools.repeat(0, N))
tuple(itertools.repeat(0, N))
list(Hint(N))
[].extend(Hint(N))
[1].extend(Hint(N))
assigned([1], operator.iadd, range(N))
assigned([1], operator.imul, N)
assigned(bytearray(b"ab"), operator.imul, N)
assigned([1, 2], lambda a, b: operator.setitem(a, slice(0, 1), b), range(N))
"a".ljust(N)
"a".zfill(N)
b"a".ljust(N)
bytearray(b"a").zfill(N)
"\\t\\t".expandtabs(N)
array.array("d", [1]) * N
itertools.combinations_with_replacement(range(3), N)
list(itertools.combinations(range(3), N))
list(itertools.permutations(range(3), N))
itertools.product(range(3), repeat=N)
itertools.tee([], N)
collections.deque(maxlen=-N)
struct.calcsize(f"{N}d")
struct.unpack(f"{N}s", b"")
written(io.BytesIO(), N, b"a")
io.BytesIO(b"abc").read(N)
os.read(0, N)
os.urandom(N)
random.getrandbits(N)
int.to_bytes(1, N, "big")
zlib.decompress(zlib.compress(b"a"), bufsize=N)
zlib.decompressobj().flush(N)
zlib.decompressobj().decompress(zlib.compress(b"a"), N)
hashlib.pbkdf2_hmac("sha256", b"a", b"b", 1, N)
hashlib.pbkdf2_hmac("sha256", b"a", b"b", N, 20)
hashlib.shake_128(b"a").digest(N)
hashlib.shake_128(b"a").hexdigest(N)
1 << N
0 << N
5 >> N
-5 >> N
'''.strip().split("\n")
for case in CASES:
    code = compile(case, "case", "eval")
    for N in 2**60, 2**62, 2**64, 2**70:
        try:
            result = eval(code)
            print(case, "->", result if not isinstance(result, tuple) else len(result))
        except (MemoryError, OverflowError, ValueError, struct.error) as e:
            print(case, type(e).__name__, e)
