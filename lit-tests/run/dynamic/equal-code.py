# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code objects of equal texts are equal.
def mk(s): return compile(s, "<f>", "exec")
a, b = mk("x = 1\ndef f(a): return [a, 1, 'q']"), mk("x = 1\ndef f(a): return [a, 1, 'q']")
print(a == b, hash(a) == hash(b), a == mk("x = 1.0\ndef f(a): return [a, 1, 'q']"), a == mk("x = 1\ndef f(a): return [a, 2, 'q']"), a.co_consts == b.co_consts)
def f(x): return x
def g(x): return x
print(f.__code__ == g.__code__, f.__code__ == f.__code__.replace(co_name="g"), f.__code__ == f.__code__.replace(), len({a, b}))
