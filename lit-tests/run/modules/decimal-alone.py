# RUN: krait run -O2 %s | diff %s.out -
# What a native module imports is compiled in though nothing else of the program names it.
import decimal

print(decimal.Decimal("1.5") + 1, decimal.__name__)
