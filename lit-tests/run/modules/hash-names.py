# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What hashlib and hmac say about digests that are not there, and which names there are.
import _hashlib
import hashlib
import hmac


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)


attempt(lambda: hmac.new(b'k', b'm', 'nope'))
attempt(lambda: hmac.digest(b'k', b'm', 'nope'))
attempt(lambda: hashlib.new('nope'))
attempt(lambda: hashlib.pbkdf2_hmac('nope', b'p', b's', 1))
attempt(lambda: _hashlib.hmac_new(b'k', b'm', 5))
attempt(lambda: _hashlib.hmac_new(b'k', b'm', []))
attempt(lambda: _hashlib.hmac_new(b'k', b'm', hashlib.sha256).name)
attempt(lambda: _hashlib.hmac_digest(b'k', b'm', hashlib.md5).hex())
attempt(lambda: hmac.new(b'k', b'm', lambda: 5))
attempt(lambda: hmac.compare_digest('a', b'a'))
attempt(lambda: hmac.compare_digest(b'a', 5))
attempt(lambda: hmac.compare_digest(1, 2.5))
for name in 'MD5', 'SHA2-256', 'sha-1', 'SSL3-SHA1', 'md5-sha1', 'RIPEMD160', 'SHAKE-128':
    attempt(lambda: (hashlib.new(name).name, hashlib.new(name, b'x').digest_size))
print(sorted(hashlib.algorithms_available))
print(sorted(_hashlib._constructors.values()), type(_hashlib._constructors), _hashlib._constructors[hashlib.md5])
print(_hashlib.UnsupportedDigestmodError.__mro__)
