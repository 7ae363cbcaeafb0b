# RUN: krait run %s | diff %s.out -
# _sha256 and _sha512: digests of texts around the ends of blocks, fed whole and in parts; copies; errors.
import _sha256
import _sha512
import threading

digests = _sha256.sha224, _sha256.sha256, _sha512.sha384, _sha512.sha512
for make in digests:
    for n in 0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 255, 256, 1000:
        data = bytes(i * 7 % 256 for i in range(n))
        whole = make(data)
        parts = make()
        for i in range(0, n, 37):
            parts.update(data[i:i + 37])
        assert parts.digest() == whole.digest() and bytes.fromhex(whole.hexdigest()) == whole.digest()
        print(n, whole.hexdigest()[:24])
    large = make(memoryview(bytes(100_000)))
    copy = large.copy()
    copy.update(bytearray(b"more"))
    print(make.__name__, large.name, large.block_size, large.digest_size, large.hexdigest()[-8:], copy.hexdigest()[-8:], type(large))

for bad in "text", 5, None:
    try:
        _sha512.sha512(bad)
    except TypeError as e:
        print(e)
for call in lambda: type(_sha256.sha256())(), lambda: _sha256.sha256(b"", 1), lambda: _sha256.sha224(data=b""), lambda: _sha256.sha256().update():
    try:
        call()
    except TypeError as e:
        print(type(e).__name__)
print(_sha256.sha256(string=b"x", usedforsecurity=False).hexdigest()[:8])
print([name for name in dir(_sha256) + dir(_sha512) if name.startswith(("sha", "SHA"))])

shared = _sha512.sha512()
def feed():
    for _ in range(20):
        shared.update(bytes(5000))
threads = [threading.Thread(target=feed) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(shared.hexdigest()[:16])
