# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Orders that the sort knows by the kind of the keys: each must be the order of <, whatever the numbers' representation.
floats = [2.5, 0.0, -1e300, 1e-300, -0.0, 7.25, float("inf"), 0.5, -float("inf"), 5e-324]
print(sorted(floats))
print(sorted(floats, reverse=True))
print(sorted((f, i) for i, f in enumerate(floats)))
mixed = [3, 0.0, 10 ** 20, -2.5, True, 1e20]
print(sorted(mixed), sorted((m, "x") for m in mixed))
nans = [1.0, float("nan"), 0.0, 2.0]
print(sorted(nans), min(nans), max(nans), sorted(nans[1:]))
print([a < b for a in floats for b in (0.0, -0.0, 1.5)] == [not a >= b for a in floats for b in (0.0, -0.0, 1.5)])
words = ["b", "a\u00e9", "\u20ac", "a", "", "aa"]
print(sorted(words), sorted(words, key=len), sorted(words, key=len, reverse=True))
