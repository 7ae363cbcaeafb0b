# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Loops in the bodies of modules and classes: their variables are globals, which anybody may change meanwhile.
import sys

# numbers that are what they seem, then not
total = 0
for i in range(10):
    total += i * 3
print(total)
x = 1
for i in range(70):
    x = x * 2 + 1
print(x)
y = 0.5
for i in range(5):
    y = y * 2.0 - 0.25
print(y)
z = 1
for i in range(6):
    if i == 3:
        z = "text"
    elif i == 4:
        z = 2.5
    z = z + z
print(z)
n = float("nan")
kept = [n]
for i in range(3):
    print(n in kept, n == n, -0.0 + i)
    n = n + 0.0 if i else n

# called code rebinds, deletes, and adds globals
def rebind():
    global a
    a = a * 10 if a < 1000 else "big"

a = 7
for i in range(4):
    try:
        a = a + 1
        rebind()
        print(i, a)
    except TypeError as e:
        print(i, type(e).__name__, a)
        a = 1

def drop():
    del globals()["b"]

b = 1
for i in range(3):
    b = b + i
    if i == 1:
        drop()
        try:
            b = b + 1
        except NameError as e:
            print(e)
        b = 5.5
print(b)

for i in range(3):
    globals()["c"] = i * 1.5
    c = c + i
    print(c, vars(sys.modules["__main__"])["c"])

for i in range(4):
    if i == 2:
        del i
        try:
            print(i)
        except NameError as e:
            print(e)

# a builtin is shadowed in the middle of a loop, and comes back
for i in range(4):
    print(len([1, 2, 3]), end=" ")
    if i == 1:
        len = lambda v: "mine"
    if i == 2:
        del len
print()
for i in range(3):
    for j in range(2):
        print(i, j, end=";")
        if i == 1:
            def range(n):
                return [n]
    if i == 1:
        del range
print()

# leaving loops
for i in range(5):
    for j in range(5):
        if j == 2:
            continue
        if i * j == 6:
            break
    else:
        continue
    break
else:
    print("never")
print(i, j)
while True:
    i -= 1
    if i < -2:
        break
print(i)

# errors inside, handlers inside and around
for i in (2, 1, 0, "s"):
    try:
        print(10 / i, 7 // i)
    except ZeroDivisionError:
        print("zero")
    except TypeError as e:
        print(e)
    finally:
        print("done", i)
try:
    for i in range(3):
        d = [10, 20][i]
except IndexError as e:
    print(e, i, d, e.__traceback__.tb_lineno)

# deaths come when they should
class Loud:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n, end=" ")

for i in range(3):
    loud = Loud(i)
    loud = None if i == 1 else loud
print("|")
del loud
print()

# functions see what the loop did, and the loop what they did
count = 0
def bump():
    global count
    count += 1
    return count
while count < 5:
    count = count + bump()
print(count)
def seen():
    return w
for w in range(3):
    print(seen(), end=" ")
w = 1.5
for i in range(3):
    w = w * 2
    print(seen(), end=" ")
print()

# comprehensions, closures, unpacking, walrus and slices in a loop
fs = []
for k in range(3):
    fs.append(lambda: k)
    p, (q, *r) = k, (k, k + 1, k + 2)
    if (m := k * 2) > 2:
        print(m, [k + v for v in r], {v: k for v in (p, q)})
print([f() for f in fs])
items = [3, 1, 2]
for v in items[:]:
    if v > 1:
        items.remove(v)
    items[:0] = [v]
print(items)

# integers that stop being small, in the middle
big = 2 ** 60
for i in range(6):
    big += big >> 1
    print(big)
f = 1e308
for i in range(3):
    f = f * 10
print(f, -f, f - f)

# a class body
class Table:
    squares = []
    s = 0
    for i in range(5):
        squares.append(i * i)
        s += i
    while s > 3:
        s -= 2
    for name in ("one", "two"):
        locals()[name] = len(name) + s
print(Table.squares, Table.s, Table.i, Table.one, Table.two)

# augmented assignment of lists and text in a loop is in place, and keeps its aliases
l = []
alias = l
t = ""
for i in range(4):
    l += [i]
    t += str(i)
print(alias is l, alias, t)

# iterators end where they end
it = iter(range(10))
for v in it:
    if v % 3 == 0:
        next(it, None)
    print(v, end=" ")
print()
g = (v * v for v in range(5))
for v in g:
    if v > 3:
        break
print(v, list(g))
d = {}
try:
    for v in (d := {1: 2, 3: 4}):
        d[v * 10] = v
except RuntimeError as e:
    print(e)

# recursion and tracebacks out of a loop
def fail(v):
    if v == 2:
        raise ValueError(v)
    return v
import traceback
try:
    for i in range(4):
        total = i + fail(i)
except ValueError:
    print(traceback.format_exc().splitlines()[1].rpartition(",")[2], total)
