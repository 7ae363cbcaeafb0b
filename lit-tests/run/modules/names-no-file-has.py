# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Modules whose names no file can have.
for name in ".x", "..", ".", "\0", "\0decimal", "decimal\0", "x\0.y", "json.\0", "\ud800":
    try:
        __import__(name)
        print(ascii(name), "imported")
    except ImportError as e:
        print(ascii(name), type(e).__name__, ascii(str(e)))
