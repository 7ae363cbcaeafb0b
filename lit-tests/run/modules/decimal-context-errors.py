# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What contexts of decimal say of settings they cannot take.
from decimal import Context

context = Context()
for name in ("prec", "Emin", "Emax", "capitals", "clamp", "rounding"):
    for value in ("a", 1.5, None, -1, 2, 10**30):
        for work in (lambda: setattr(context, name, value), lambda: Context(**{name: value})):
            try:
                work()
                print(name, value, getattr(context, name))
            except Exception as e:
                print(name, value, type(e).__name__, e)
for work in (lambda: Context(foo=1), lambda: Context(1, 2, 3, 4, 5, 6, 7, 8, 9)):
    try:
        work()
    except TypeError as e:
        print(e)
