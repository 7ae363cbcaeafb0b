# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# audioop: every function on fragments of every width, the compressed forms, rates in pieces, and what is refused.
import audioop
import hashlib
import random

random.seed(3)
widths = 1, 2, 3, 4
fragments = {w: random.randbytes(w * 60) for w in widths}
short = random.randbytes(12)


def show(name, *args):
    try:
        r = getattr(audioop, name)(*args)
    except Exception as e:
        return f"{type(e).__module__}.{type(e).__name__}: {e}"
    return hashlib.md5(repr(r).encode()).hexdigest() if len(repr(r)) > 60 else repr(r)


for w in widths:
    f = fragments[w]
    for name in "max", "minmax", "avg", "rms", "avgpp", "maxpp", "cross", "reverse", "byteswap", "lin2ulaw", "lin2alaw":
        print(w, name, show(name, f, w), show(name, b"", w), show(name, f[:-1] if w > 1 else f, w))
    print(w, [show("getsample", f, w, i) for i in (0, 59, 60, -1)])
    for factor in 0, 0.5, -3, 1e9:
        print(w, factor, show("mul", f, w, factor), show("tomono", f, w, factor, 0.25), show("tostereo", f, w, factor, 1))
    print(w, show("add", f, f, w), show("add", f, f[:w], w), [show("bias", f, w, b) for b in (1, -200, 2**31 - 1, 2**31)])
    print(w, [show("lin2lin", f, w, n) for n in (1, 2, 3, 4, 5)], show("ulaw2lin", bytes(range(256)), w), show("alaw2lin", bytes(range(256)), w))
    packed, state = audioop.lin2adpcm(f, w, None)
    print(w, packed.hex(), state, show("lin2adpcm", f, w, state), show("lin2adpcm", f[w:], w, None), show("adpcm2lin", packed, w, None), show("adpcm2lin", packed, w, state))
    for channels, old, new, weights in (1, 8000, 16000, ()), (2, 44100, 8000, ()), (1, 5, 7, (3, 1)), (3, 2, 2, (1, 1)):
        whole = audioop.ratecv(f, w, channels, old, new, None, *weights)
        state, parts, step = None, b"", w * channels * 4
        for i in range(0, len(f), step):
            part, state = audioop.ratecv(f[i : i + step], w, channels, old, new, state, *weights)
            parts += part
        print(w, channels, len(whole[0]), whole[1], (parts, state) == whole, hashlib.md5(parts).hexdigest())

f = fragments[2]
print(show("findfit", f, short), show("findfactor", f[:12], short), show("findmax", f, 7), show("findfit", f[20:32] + f, f[20:32]))
for call in (
    ("max", f, 5), ("max", "text", 2), ("max", f), ("findfit", short, f), ("findfit", f, b"abc"), ("findfactor", f, short), ("findmax", f, 61),
    ("findmax", b"abc", 1), ("lin2adpcm", f, 2, 5), ("lin2adpcm", f, 2, (1,)), ("lin2adpcm", f, 2, (1, 90)), ("adpcm2lin", f, 2, (40000, 1)),
    ("ratecv", f, 2, 0, 1, 1, None), ("ratecv", f, 2, 1, 0, 1, None), ("ratecv", f, 2, 1, 1, 1, 3), ("ratecv", f, 2, 1, 1, 1, (0, ())),
    ("ratecv", f, 2, 1, 1, 1, (0, 5)), ("ratecv", f, 2, 1, 1, 1, (0, ((1, 2, 3),))), ("ratecv", f, 2, 1, 1, 1, None, 0), ("ratecv", f, 2, 7, 1, 1, None),
    ("tomono", f[:-2], 2, 1, 1), ("tomono", f, 2, "x", 1),
):
    print(call[0], call[2:], show(*call))
print(audioop.error.__mro__)
