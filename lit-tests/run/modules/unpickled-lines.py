# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Pickles whose lines, texts and sizes are wrong.
import io
import pickle


def say(data, **options):
    for load in pickle.loads, lambda data, **options: pickle.load(io.BytesIO(data), **options):
        try:
            print(data[:30], ascii(load(data, **options)))
        except Exception as e:
            print(data[:30], type(e).__name__, ascii(str(e)))


lines = [b"", b"0", b"1", b"00", b"01", b"02", b"+1", b" 1", b"1 ", b"-5", b"010", b"0x10", b"0xg", b"0o17", b"0b1", b"1_000", b"1__0", b"9" * 20,
         b"9" * 5000, b"1L", b"L", b"0L", b"abc", b"1.5", b"\xff", b"1\xff", b"1\0", b"\0", b"1\x002", b"\xc3\xa9", b"\xd9\xa1", b"nan", b"-inf",
         b"infinityx", b"1e400", b"-1e400", b"1e5", b"1e", b"1e+", b"e1", b".5", b"5.", b".", b" 1.5", b"1.5 ", b"1_0.5", b"0x1p3", b"+", b"--1", b"\t1",
         b"1\x0b", b"\x1c1", b"1\r", b"1" * 300 + b"x", b"'a'", b"'a", b"'\\x4'", b"'\\q'", b"'\xff'", b"\xf4\x90\x80\x80"]
for line in lines:
    for before in b"I", b"L", b"F", b"S", b"NN0g", b"Np":
        say(before + line + b"\n.")
        say(before + line)
for line in b"", b"1\0", b"\0decimal", b".no module", b"..", b"no module\xff":
    say(b"c" + line + b"\nx\n.")
    say(b"cbuiltins\n" + line + b"\n.")
    say(b"(i" + line + b"\nx\n.")
for text in b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xe0\x80\x80", b"\xc3", b"\xf4\x8f\xbf\xbf":
    say(b"\x8c" + bytes([len(text)]) + text + b".")
    say(b"X" + len(text).to_bytes(4, "little") + text + b".")
    say(b"V" + text + b"\n.")
for code in b"\x8d", b"\x8e", b"\x96", b"\x95":
    for size in 2**63 - 1, 2**63, 2**64 - 1:
        try:
            print(pickle.loads(code + size.to_bytes(8, "little") + b"abc."))
        except Exception as e:
            print(code, size, type(e).__name__, e)
for size in 2**31, 2**32 - 1:
    try:
        print(pickle.loads(b"T" + size.to_bytes(4, "little") + b"abc."))
    except Exception as e:
        print(size, type(e).__name__, e)
say(b"\x84\0\0\0\0.")
say(b"\x84\xff\xff\xff\xff.")
