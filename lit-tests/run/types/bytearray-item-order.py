# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is stored is converted before the index is looked at.

b = bytearray(b'abc')
for i, v in ((5, 1.5), (5, 300), (5, None), (-9, "x")):
    try: b[i] = v
    except Exception as e: print(type(e).__name__, e)
class Shrinks:
    def __index__(self):
        b.clear()
        return 7
try:
    b[0] = Shrinks()
except IndexError as e:
    print(e, b)
