# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is thrown into a generator before it starts is raised at its first line, of which no part is marked.
import sys
import traceback


def decorated(f):
    return f


def generator():
    yield 1


@decorated
def under_decorator():
    yield 1


async def coroutine(): pass


for f in generator, under_decorator, coroutine:
    try:
        f().throw(KeyError(f.__name__))
    except KeyError as e:
        print(*traceback.format_tb(e.__traceback__.tb_next)[0].splitlines()[1:], sep="\n", end="|\n")
        print(e.__traceback__.tb_next.tb_lasti, e.__traceback__.tb_next.tb_lineno)

try:
    generator().throw(ValueError("x"))
except ValueError as e:
    text = []
    sys.stderr = type("Lines", (), {"write": lambda self, s: text.append(s), "flush": lambda self: None})()
    sys.__excepthook__(ValueError, e, e.__traceback__)
    sys.stderr = sys.__stderr__
    print(*["".join(text).splitlines()[-2:]])
