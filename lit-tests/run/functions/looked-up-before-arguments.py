# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The attribute of a call is looked up before its arguments are read: one of them may be unbound, or change meanwhile.
count = 1


class Nothing:
    pass


class Asked:
    def __getattr__(self, name):
        print('asked for', name)
        if name == 'bad': raise AttributeError(name)
        return lambda *a, **k: (a, k)


class Counting:
    @property
    def m(self):
        global count
        count += 1
        return lambda *a: a

    @property
    def failing(self): raise ValueError('failing')


def absent():
    Nothing().m(v)
    v = 1
def found():
    Asked().m(v)
    v = 1
def refused():
    Asked().bad(v)
    v = 1
def second():
    Asked().m(1, [v])
    v = 1
def named():
    Asked().m(k=v)
    v = 1
def none():
    None.m(v)
    v = 1
def text():
    "".m(len, (1, v))
    v = 1
def failing():
    Counting().failing(v)
    v = 1
def deleted():
    v = 1
    del v
    Asked().bad(v)
def handled():
    try: 1 / 0
    except ZeroDivisionError as e: pass
    Asked().m(e)
def receiver():
    o.m(v)
    o = v = 1
def turns():
    for i in range(3):
        Asked().m(i if i < 0 else 1)
        Asked().m(i)
        print([Asked().m(v)] if i == 1 else 0)
        if i == 1: del v
        else: v = i
def changed():
    c = Counting()
    print(c.m(count), c.m(count, count), c.m([count]))
def changed_cell():
    n = 0
    class Local:
        @property
        def m(self):
            nonlocal n
            n += 1
            return lambda *a, **k: (a, k)
    o = Local()
    print(o.m(n), o.m(n, x=n))
def position():
    import traceback
    o = Nothing()
    try:
        o.a(
            v)
    except AttributeError as e:
        for entry in traceback.extract_tb(e.__traceback__): print(entry.lineno, entry.colno, entry.end_colno)
    v = 1


for f in absent, found, refused, second, named, none, text, failing, deleted, handled, receiver, turns, changed, changed_cell, position:
    try: f()
    except Exception as e: print(f.__name__, type(e).__name__, e)
print(Counting().m(count), Counting().m(count, 2))
