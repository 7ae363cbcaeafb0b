# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A text that is evaluated again and again means the same each time, in whatever namespaces, and is complained about each time.
import sys
import warnings

for n in range(4):
    print(eval("n * 2 + k", {"k": n}, {"n": 10}), eval("n * 2 + k", {"n": n, "k": 1}))
for n in range(4):
    space = {"n": n}
    print(exec("n += 1\nm = n * n", space), space["n"], space["m"])

# The mode belongs to it.
space = {}
for n in range(3):
    print(eval("7", space), exec("7", space))
    try:
        eval("x = 1", space)
    except SyntaxError as e:
        print(e.msg, e.filename, e.lineno)
    exec("x = 1", space)

# What it makes is new each time.
made = [eval("lambda x, y=[]: (y.append(x), y)[1]") for n in range(3)]
print([f(1) for f in made], [f(2) for f in made], made[0] is made[1])
classes = []
for n in range(3):
    space = {}
    exec("class C:\n    items = []\n", space)
    space["C"].items.append(n)
    classes.append(space["C"])
print([c.items for c in classes], classes[1] is classes[2])
generators = [eval("(i for i in range(3))") for n in range(3)]
print([next(g) for g in generators for _ in range(2)])

# Warnings, errors and limits come each time.
for n in range(3):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        eval("1 is 1")
    print([str(w.message) for w in caught])
digits = "1" * 300 + "0" * 150
print(len([eval(digits) for n in range(3)]))
try:
    for n in range(3):
        eval("1" * 5000)
except SyntaxError as e:
    print(e.msg[:40])
old = sys.get_int_max_str_digits()
text = "7" * 480 + "+ 0 * " + "1" * 10
longer = "8" * 490
print([eval(text) % 1000 for n in range(3)])

# It calls itself, and others take its place.
def recursive(n):
    return n and eval("recursive(n - 1) + 1")


print([recursive(20) for n in range(2)])
print(sum(eval(f"{n} + 1") for n in range(400) for _ in range(3)))
print(eval("sum(v for v in values)", {"values": [1, 2]}), eval("sum(v for v in values)", {"values": [3]}))


class Text(str):
    pass


print([eval(Text("1 + 1")), eval(" \t1 + 1"), eval(b"1 + 1"), eval("1 + 1")])
for n in range(3):
    try:
        eval("1 / 0")
    except ZeroDivisionError as e:
        print(e, e.__traceback__.tb_next.tb_frame.f_code.co_filename, e.__traceback__.tb_next.tb_lineno)
# Builtins are those of the namespace.
for n in range(3):
    print(eval("len('abc')", {"__builtins__": {"len": lambda s: n}}), eval("len('abc')"))
