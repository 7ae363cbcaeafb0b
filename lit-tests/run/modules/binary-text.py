# RUN: krait-interp %s | diff %s.out -
# binascii: base64 and hexadecimal forms of all lengths, with what does not belong there.
import binascii, random
random.seed(5)
for n in list(range(0, 20)) + [100, 255, 256, 257, 1000]:
    d = random.randbytes(n)
    for nl in (True, False):
        e = binascii.b2a_base64(d, newline=nl); assert binascii.a2b_base64(e) == d; print(n, e[:60], e[-6:])
    h = binascii.hexlify(d); assert binascii.unhexlify(h) == d == binascii.unhexlify(h.upper().decode()); print(h[:40])
for t in (b"", b"YQ", b"YWI=", b"YQ==", b"Y Q = =", b"YWJj\nZGVm\n", b"YWJjZGVm=", b"=YWJj", b"YWJj*ZGVm", b"YW=Jj", b"YWJjZ", b"YWJjZGU", b"YWJj==", b"YWI=YWI=", b"YWJjYWI=YW", "YWJj", "é", b"\xff\xfe", b"A", b"AAAA AAAA", b"AAAAAA==A"):
    for strict in (False, True):
        try: print(t, strict, binascii.a2b_base64(t, strict_mode=strict))
        except Exception as e: print(t, strict, type(e).__name__, e)
for t in (b"0g", b"0", b"g0", b"zz", b"00ff", "ABcd", b"\xff0", b" 0"):
    try: print(t, binascii.unhexlify(t), bytes.fromhex(t if isinstance(t, str) else t.decode("latin-1")))
    except Exception as e: print(t, type(e).__name__, e)

# What is wrong with hexadecimal text: the first character beyond ASCII, whatever stands before it.
for text in ("0g", "g0", "0", "00 0", "00é", "0g00é", "g é\u65e5", "0\u65e5", "\U0001f600" + "00" * 70, "00" * 70 + "g", "00" * 70 + "gé", "ÁA", "00\u3000", "\xa0"):
    for kind in (bytes, bytearray):
        try:
            print(kind.fromhex(text))
        except ValueError as e:
            print(ascii(text[:9]), e)
