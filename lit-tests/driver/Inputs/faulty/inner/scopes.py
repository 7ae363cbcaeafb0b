def f(a, a):
    return 1

break

def g():
    global x
    x = 1
    def h():
        nonlocal y
        y = 2
    yield 1

class C:
    return 3
    await z
    continue

if x is 5: pass
f(a=1, a=2)
é = "ü"; return
