# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# An argument of super().__new__ fails: nothing was to be passed first, and nothing is let go of for it.


class Bad:
    def __str__(self): return 5


class Text(str):
    def __new__(cls, value): return super().__new__(cls, str(value))

    @staticmethod
    def plain(*values): return values


class Derived(Text):
    def plain(self, value): return super().plain(1 // value, value)
    def star(self, value): return super().plain(*value, 1)

    @classmethod
    def made(cls, value): return super(Derived, cls).__new__(cls, 1 // value)


def show(call, *arguments):
    try: print(call(*arguments))
    except (TypeError, ZeroDivisionError) as error: print(type(error).__name__, error)


for _ in range(3):
    show(Text, 5)
    show(Text, Bad())
    show(Derived, Bad())
    for method in Derived('x').plain, Derived.made:
        show(method, 1)
        show(method, 0)
    show(Derived('z').star, [1])


def waits():
    class Waiting(Text):
        def __new__(cls): return (yield super().__new__(cls, (yield 1)))
    return Waiting()


for how in 'close', 'throw', 'drop':
    generator = waits()
    print(next(generator))
    if how == 'close': generator.close()
    if how == 'throw': show(generator.throw, TypeError('thrown'))
    del generator
