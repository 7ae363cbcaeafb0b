# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which flags compile() knows, and how wide its numbers are.
def show(*args, **kwargs):
    try:
        print(type(compile("1", "<text>", "eval", *args, **kwargs)).__name__)
    except Exception as e:
        print(type(e).__name__, e)


for bit in range(34):
    print(bit, end=" ")
    show(flags=1 << bit)
for value in (2**31 - 1, 2**31, -(2**31), -(2**31) - 1, "x", 1.5, True, 2**70):
    show(flags=value)
    show(optimize=value)
    show(dont_inherit=value)
    show(_feature_version=value)
