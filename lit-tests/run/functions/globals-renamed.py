# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A global called `globals` that is locals.
globals_was, globals = globals, locals


def renamed():
    a = 1
    return sorted(globals())


print(renamed(), globals() is globals_was())
