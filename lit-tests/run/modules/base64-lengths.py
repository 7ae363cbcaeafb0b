# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# base64 of all lengths and bytes, both ways, and what is no digit at every place of a group.
import base64
import binascii
import hashlib

data = bytes((i * 7 + i // 5) & 255 for i in range(300))
codes = [binascii.b2a_base64(data[at:at + n], newline=n % 2 == 0) for at in (0, 1, 131) for n in range(130)]
print(hashlib.md5(b"|".join(codes)).hexdigest(), codes[:7])
for at in (0, 1, 131):
    for n in range(130):
        code = codes.pop(0)
        assert binascii.a2b_base64(code) == data[at:at + n], (at, n)
        assert base64.b64decode(code.rstrip(), validate=True) == data[at:at + n]
everything = bytes(range(256)) * 3
print(base64.b64decode(base64.b64encode(everything)) == everything, base64.urlsafe_b64decode(base64.urlsafe_b64encode(everything)) == everything)
print([c for c in range(256) if binascii.a2b_base64(bytes([c]) * 4)] == sorted(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
print([binascii.a2b_base64(bytes([c]) * 4).hex() for c in b"AZaz09+/"])
for place in range(12):
    for odd in (b"\n", b"=", b"-", b"\x80", b"==", b"\xff\xff\xff\xff"):
        text = b"QUJDREVGR0hJSktM"
        text = text[:place] + odd + text[place:]
        for strict in (False, True):
            try:
                print(binascii.a2b_base64(text, strict_mode=strict), end=" ")
            except binascii.Error as e:
                print(e, end=" ")
    print()
# Longer texts, in which what is no digit stands in one block or another, and last groups of every kind.
text = base64.b64encode(bytes(range(60)))
for place in range(0, len(text), 3):
    for odd in (b"\n", b"=", b"\xc1", b"_-", b"\x80\r\n+"):
        for strict in (False, True):
            try:
                print(hashlib.md5(binascii.a2b_base64(text[:place] + odd + text[place:], strict_mode=strict)).hexdigest()[:6], end=" ")
            except binascii.Error as e:
                print(e, end=" ")
    print()
for start in (b"", b"QUJD", b"QUJDREVGR0hJSktM"):
    for last in (b"QQ==", b"QUI=", b"Q===", b"====", b"=QQ=", b"QQ=Q", b"*Q==", b"Q*==", b"QU*=", b"QUI*", b"QUI=="):
        for strict in (False, True):
            try:
                print(binascii.a2b_base64(start + last, strict_mode=strict), end=" ")
            except binascii.Error as e:
                print(e, end=" ")
    print()
