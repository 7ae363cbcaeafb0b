# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What sorted() says of wrong arguments, and that it has its items before it looks at the names.
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
t(lambda: sorted(iterable=[3]))
t(lambda: sorted())
t(lambda: sorted(foo=1))
t(lambda: sorted(key=None))
t(lambda: sorted([1], [2]))
t(lambda: sorted([1], [2], foo=1))
t(lambda: sorted([2,1], foo=1))
t(lambda: sorted(5, foo=1))
t(lambda: sorted([2,1], iterable=1))
t(lambda: sorted([2,1], reverse='x'))
t(lambda: sorted(5, reverse='x'))
t(lambda: sorted([2,1], key=None, reverse=True, x=1, y=2))
t(lambda: [2,1].sort(foo=1))
t(lambda: [2,1].sort(1))
t(lambda: [2,1].sort(1, foo=1))
t(lambda: [2,1].sort(key=None, reverse=1, x=1))
t(lambda: [2,1].sort(key=None, reverse=1, x=1, y=2))
def gen():
    print("asked"); yield 2; yield 1; print("done")
t(lambda: sorted(gen(), foo=1))
t(lambda: sorted(gen(), reverse='x'))
