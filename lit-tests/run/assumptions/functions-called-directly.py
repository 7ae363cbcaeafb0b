# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Calls of the module's own functions go straight to the code that is expected. What breaks that in the middle of a recursion:
# rebinding and deleting the name, another code object, defaults, other kinds of arguments, what is no function at all.
import weakref


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print(fib(15), fib(True), fib(14.0), fib(-2**70))


def count(n):
    global count
    if n == 3:
        count = other
    if n < 1:
        return 0
    return count(n - 1) + 1 + n * 0


def other(n):
    return 100 + n


print(count(6))


# The name is deleted, and the function lives until the call has returned.
def last(n):
    global last
    if n == 2:
        del last
        return watch() is not None
    r = last(n - 1)
    return [n - 1 + 1, r]


watch = weakref.ref(last, lambda r: print("gone"))
print(last(5), watch())


def gone(n):
    global gone
    if n == 2:
        del gone
    if n < 0:
        return 0
    return gone(n - 1) + n + 1


try:
    gone(4)
except NameError as e:
    print(type(e).__name__, e)


def triangle(n):
    if n < 1:
        return 0
    return triangle(n - 1) + n + 0 * n


def negative(n):
    if n < 1:
        return 0
    return triangle(n - 1) - n - 0 * n


print(triangle(10))
saved = triangle.__code__


def swap(n):
    if n == 4:
        triangle.__code__ = negative.__code__
    if n < 1:
        return 0
    return swap(n - 1) + triangle(n) + 0 * n


print(swap(8), triangle(4))
triangle.__code__ = saved
print(triangle(4))


def two(n, m=1):
    if n < 1:
        return m
    return two(n - 1, m + n) + 0 * n


print(two(5))
two.__defaults__ = (50,)
print(two(5), two(5, 0))
two.__code__ = (lambda n, m, k=2: n + m + k).__code__
try:
    two(5)
except TypeError as e:
    print(e)
two.__defaults__ = (1, 2)
print(two(5), two(5, 7))

# What is no function.
for fib_of in (7, None, "x", 2.5, len, int, type("C", (), {"__call__": lambda self, n: n})()):
    def half(n):
        if n < 2:
            return n
        return half(n // 2) + n - n + 0 * n
    first = half
    half = fib_of
    try:
        print(first(9))
    except TypeError as e:
        print(e)


def big(n, m):
    if n < 1:
        return m
    return big(n - 1, m * m + 1) + n - n


print(big(3, 2), big(7, 10**3) % 1000007)


def text(n):
    if n < 2:
        return n
    if n == 5:
        return "five"
    return text(n - 1) + text(n - 2)


try:
    text(7)
except TypeError as e:
    print(e)
