# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# bz2, lzma and zlib: streams in parts, limits on output, what follows the end, broken data, filters.
import bz2
import io
import lzma
import threading
import zlib


def attempt(action, *args, **kwargs):
    try:
        return action(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


text = b"".join(b"%d line of a longer text\n" % (i * i) for i in range(5000))
for module in bz2, lzma, zlib:
    packed = module.compress(text)
    print(module.__name__, len(packed) < len(text) // 3, module.decompress(packed) == text)
    print(attempt(module.decompress, packed[:50]), attempt(module.decompress, b"nonsense" * 9))


def in_parts(decoder, packed, limit):
    parts, states, given = [], set(), io.BytesIO(packed + b"tail")
    while not decoder.eof:
        data = given.read(100) if decoder.needs_input else b""
        parts.append(decoder.decompress(data, limit))
        states.add((decoder.needs_input, len(parts[-1]) <= limit))
    print(b"".join(parts) == text, sorted(states), decoder.unused_data + given.read())
    print(attempt(decoder.decompress, b"more"))


in_parts(bz2.BZ2Decompressor(), bz2.compress(text, 1), 999)
in_parts(lzma.LZMADecompressor(), lzma.compress(text, check=lzma.CHECK_SHA256), 777)

broken = bz2.BZ2Decompressor()
print(attempt(broken.decompress, b"BZh9" + b"x" * 50), broken.needs_input, broken.eof, attempt(broken.decompress, b""))
for bad in (bz2.BZ2Compressor, 0), (bz2.BZ2Compressor, "x"), (lzma.LZMACompressor, 9), (lzma.LZMADecompressor, lzma.FORMAT_RAW):
    print(attempt(*bad))
for make in bz2.BZ2Compressor, lzma.LZMACompressor:
    c = make()
    packed = c.compress(b"abc") + c.compress(b"") + c.flush()
    print(attempt(c.flush), attempt(c.compress, b""), attempt(c.compress, 1))

print(attempt(lzma.LZMACompressor, check=lzma.CHECK_UNKNOWN), lzma.is_check_supported(lzma.CHECK_UNKNOWN))
chain = [{"id": lzma.FILTER_DELTA, "dist": 2}, {"id": lzma.FILTER_LZMA2, "preset": 3, "dict_size": 1 << 16, "lc": 2}]
raw = lzma.compress(text, format=lzma.FORMAT_RAW, filters=chain)
print(lzma.decompress(raw, format=lzma.FORMAT_RAW, filters=chain) == text)
for spec in {"id": 99}, {}, 3, {"id": lzma.FILTER_X86, "offset": 1}, {"id": lzma.FILTER_LZMA1, "preset": 77}:
    print(attempt(lzma.LZMACompressor, lzma.FORMAT_RAW, filters=[spec]))
print(attempt(lzma._encode_filter_properties, {"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20}))
print(lzma._decode_filter_properties(lzma.FILTER_DELTA, b"\x03"), lzma.is_check_supported(lzma.CHECK_CRC64))

raw = zlib.compressobj(wbits=-15, zdict=b"a longer text")
packed = raw.compress(text) + raw.flush()
d = zlib.decompressobj(wbits=-15, zdict=b"a longer text")
print(d.decompress(packed) == text, d.flush(), attempt(d.copy))

results = []
threads = [threading.Thread(target=lambda m=m: results.append(len(m.decompress(m.compress(text * 5))))) for m in (bz2, lzma, zlib) * 2]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(set(results) == {len(text) * 5})
with bz2.open(io.BytesIO(bz2.compress(b"one\ntwo\n")), "rt") as f:
    print(f.read().split())
for m, decompressor in (bz2, bz2.BZ2Decompressor), (lzma, lzma.LZMADecompressor):
    d, packed = decompressor(), m.compress(text)
    print([d.decompress(part, max_length=0) for part in (packed[:20], b"")], d.decompress(packed[20:]) == text)
print(zlib.decompress(zlib.compress(text), bufsize=0) == text, attempt(zlib.decompress, b"", bufsize=-1))
