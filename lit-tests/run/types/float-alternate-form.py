# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# '#' keeps the point of a float that has no type in its format, and the zero after it.
for v in 0.0, -0.0, 5.0, 1.5, 100.0, 1e15, 1e16, 1e22, 1e-5, float("inf"), 5 + 0j, 0j, complex(-0.0, 2):
    for spec in "#", "#,", "#_", "#10", "#<10", "+#", "#.0", "#.1", "#.3", "#g", "#n", "#e", "#.0f":
        print(v, spec, format(v, spec))
