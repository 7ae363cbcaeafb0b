# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A raw local that was asked whether it is bound has its word where an exit reads it, though not all ways to it bind it.
def search(items, limit):
    low = 0.25
    for x in items:
        result = x * low
    if result > limit:
        raise ValueError("got %s" % (result,))
    return result
print(search([1.0, 2.0], 3.0))
try:
    search([100.0], 3.0)
except ValueError as e:
    print(e)
try:
    search([], 3.0)
except UnboundLocalError as e:
    print(e)
