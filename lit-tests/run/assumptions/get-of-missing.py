# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# d.get(k) where a number is expected, and nothing is there: None, no number.
def f(d, k, n):
    t = 0
    for i in range(n):
        t += d.get(k)
    return t
def g(d, k, code):
    for i in range(2):
        if d.get(k) == code: return True
    return False
def h(d, k, n):
    x = 0
    for i in range(n):
        x = d.get(k)
        y = x + 1
    return x
d = {'a': 1}
print(f(d, 'a', 3), g(d, 'a', 1), h(d, 'a', 2))
for fn in f, g, h:
    try: print(fn(d, 'b', 2))
    except TypeError as e: print(e)
