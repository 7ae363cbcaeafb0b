# RUN: krait-interp %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A module whose import failed is imported anew, also where what it defined holds it in a cycle and nothing in the program can compile a source.
import sys

for attempt in range(4):
    if attempt == 2:
        sys.ready = True
    try:
        if attempt % 2:
            from Inputs.failing.within import value
        else:
            from Inputs.failing import value
        print(attempt, value)
    except ValueError as e:
        print(attempt, e, "Inputs.failing" in sys.modules)
