# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# bytes % has a flag that text % has not, calls %i by another name, and quotes what it cannot convert as it is.
def show(work):
    try:
        print(work())
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


for form in (b"%i", b"%d", b"%u", b"%x"):
    for value in ("a", None, 1j):
        show(lambda: form % value)
        show(lambda: form.decode() % value)

for form in (b"%z.1f", b"%z.0f", b"%ze", b"%zg", b"%+z.1f", b"%z 8.1f|", b"%z.1f"):
    for value in (-0.01, -0.0, -2.5, 0.0):
        show(lambda: form % value)
        show(lambda: form.decode() % value)
show(lambda: b"%zd %0z5x %zs" % (5, -5, b"z"))

for form in (b"%z", b"%z ", b"%zq", b"%lzd", b"%l", b"%\n", b"%\x01|", b"%y"):
    show(lambda: form % 1)
    show(lambda: form.decode() % 1)
show(lambda: b"%\xe9" % 1)
show(lambda: bytearray(b"%zi") % "a")
