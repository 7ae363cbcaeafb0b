# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The modules of single algorithms have classes of their own.
import _md5
import _sha1
import _sha3


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


print(_md5.MD5Type, _sha1.SHA1Type, _md5.MD5Type.__module__)
for made in (_md5.md5(b"a"), _sha1.sha1(b"a")):
    print(type(made), made.name, made.digest_size, made.block_size, made.hexdigest())
    attempt(type(made))
    attempt(type, "Derived", (type(made),), {})
    copied = made.copy()
    copied.update(b"b")
    print(type(copied) is type(made), copied.hexdigest() == made.hexdigest())
for cls in (_sha3.sha3_224, _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512, _sha3.shake_128, _sha3.shake_256):
    made = cls(b"a", usedforsecurity=False)
    size = () if made.digest_size else (5,)
    print(cls, made.name, made.digest_size, made.block_size, made._rate_bits, made._capacity_bits, made._suffix, made.hexdigest(*size), made.digest(*size))
    attempt(type, "Derived", (cls,), {})
    print(type(made.copy()) is cls)
attempt(_sha3.sha3_512, b"a", b"b")
attempt(_sha3.sha3_512, string=b"a")
attempt(_sha3.sha3_512, "a")
for length in (-1, 1 << 29, 1 << 70, "a", 1.5):
    attempt(made.digest, length)
    attempt(made.hexdigest, length)
attempt(made.digest, length=3)
