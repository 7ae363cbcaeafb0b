# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Names of the module that become something else while a loop that reads them runs.
import sys
limit = 10
scale = 2
def step(x): return x + 1
def other(x): return x * 2
def three(x): return (x, "three")
def report(*a): print(*a)

def rebinds_number(n):
    global scale
    scale = 2
    total = 0
    for i in range(n):
        if i == 120: scale = 2.5
        if i == 150: scale = 3
        total += i * scale
    return total
report("number", rebinds_number(200), scale)

def rebinds_to_text(n):
    global scale
    scale = 2
    seen = []
    for i in range(n):
        if i == 197: scale = "ab"
        seen.append(scale * i if i > 196 and i < 199 else i * scale if i < 197 else len(scale))
    return len(seen), len(seen[197]), seen[196], seen[-1], type(seen[198])
report("text", rebinds_to_text(200))

def rebinds_function(n):
    global step
    kept = step
    total = 0
    for i in range(n):
        if i == 100: step = other
        total += step(i)
    step = kept
    return total
report("function", rebinds_function(200), rebinds_function(100))

def rebinds_to_class(n):
    global step
    kept = step
    class Step:
        made = 0
        def __init__(self, x): Step.made += x
        def __radd__(self, o): return o + 1000
    total = 0
    for i in range(n):
        if i == 150: step = Step
        total = total + step(i)
    step = kept
    return total, Step.made
report("class", rebinds_to_class(200))

def changed_by_callee():
    global limit
    limit = 300
def bounded_by_global(n):
    global limit
    limit = 150
    i = total = 0
    while i < limit:
        total += limit - i
        i += 1
        if i == 140 and n: changed_by_callee()
    return i, total
report("callee", bounded_by_global(False), bounded_by_global(True))

def deletes_name(n):
    global limit
    limit = 5
    total = 0
    try:
        for i in range(n):
            if i == 130: del limit
            total += limit
    except NameError as e:
        return i, total, str(e)
    return "no error"
report("deleted", deletes_name(200))
limit = 10

def through_dict(n):
    total = 0
    for i in range(n):
        if i == 50: globals()["scale"] = 7
        if i == 100: sys.modules[__name__].scale = 7.5
        if i == 150: vars(sys.modules[__name__]).update(scale=1)
        total += scale * i
    return total
scale = 2
report("dict", through_dict(200), scale)

def through_exec(n):
    total = 0
    for i in range(n):
        if i == 50: exec("scale = 11", globals())
        if i == 100: exec("def step(x): return -x", globals())
        if i == 150: eval("globals().__setitem__('scale', 0.5)")
        total += scale + step(i)
    return total
scale = 2
report("exec", through_exec(200), scale, step(4))
def step(x): return x + 1
report("defined again", step(4))

def name_appears(n):
    found = 0
    for i in range(n):
        if i == 170: globals()["appears"] = i
        try: found += appears
        except NameError: found -= 1
    return found
report("appears", name_appears(200))

def code_replaced(n):
    def local(x): return x + 1
    total = 0
    for i in range(n):
        if i == 120: local.__code__ = (lambda x: x * 3).__code__
        total += local(i)
    return total
report("code", code_replaced(200))

def defaulted(x, y=1): return x + y
def defaults_replaced(n):
    total = 0
    defaulted.__defaults__ = (1,)
    for i in range(n):
        if i == 100: defaulted.__defaults__ = (0.5,)
        if i == 150: defaulted.__defaults__ = (5, 6)
        total += defaulted() if i >= 150 else defaulted(i)
    return total
report("defaults", defaults_replaced(200))
defaulted.__defaults__ = None
try: print(defaulted(1))
except TypeError as e: print(e)

def keyworded(x, *, k=2): return x * k
def keyword_defaults_replaced(n):
    total = 0
    keyworded.__kwdefaults__ = {"k": 2}
    for i in range(n):
        if i == 100: keyworded.__kwdefaults__["k"] = 3
        if i == 150: keyworded.__kwdefaults__ = {"k": -1.0}
        total += keyworded(i)
    return total
report("keyword defaults", keyword_defaults_replaced(200))
keyworded.__kwdefaults__ = None
try: print(keyworded(1))
except TypeError as e: print(e)

def global_code_replaced(n):
    total = 0
    for i in range(n):
        if i == 100: other.__code__ = three.__code__
        got = other(i)
        total += got if type(got) is int else got[0] + len(got[1])
    return total
report("code of a global", global_code_replaced(200))

# The same at the top level, where the names of the loop are the module's.
count = 0
word = "x"
for i in range(300):
    if i == 100: count = 0.5
    if i == 150: word = 3
    if i == 200: count = "c"
    if i == 201: count = 2**62
    if i == 250:
        def step(x): return [x]
    got = step(i)
    count = count + (str(got) if type(count) is str else got if i < 250 else got[0])
    if i == 200: report(count, word)
report("top", count, word * 2)
for i in range(120):
    if i == 60: globals()["i"] = 1000
    if i > 118: report("i", i)
    if i == 1000: report("was set", i)
total = 0
for total in range(150):
    total += 1
    if total == 140: del total; break
report("total" in globals())
items = [1, 2, 3] * 50
n = 0
for x in items:
    n += 1
    if n == 75: items = [9]
    if n == 100: x = "own"
report(n, items, x)
while n < 1000:
    n += 1
    if n == 500: n = 999.5
report(n)
