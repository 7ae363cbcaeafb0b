# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A bare raise where nothing is handled begins a traceback; one that goes on with an exception adds nothing to it.
import sys
import traceback


def report(f, *args):
    try:
        f(*args)
    except BaseException as e:
        for entry in traceback.extract_tb(e.__traceback__)[1:]:
            print(entry.name, entry.lineno, entry.line)
        print(repr(e), e.__context__)
        return e


def nothing():
    local = "kept"
    raise


def caught_at_once():
    try:
        raise
    except RuntimeError as e:
        print("caught", e.__traceback__.tb_lineno, e.__traceback__.tb_next, e.__traceback__.tb_frame.f_code.co_name)


def number(n: int):
    total = 0
    for i in range(n):
        total += i
        if total > 10:
            raise
    return total


def goes_on():
    raise


def handles(lose):
    try:
        1 / 0
    except ZeroDivisionError as e:
        if lose:
            e.__traceback__ = None
        goes_on()


def own(lose):
    try:
        1 / 0
    except ZeroDivisionError as e:
        if lose:
            e.__traceback__ = None
        raise


def generator():
    yield 1
    raise


e = report(nothing)
frame = e.__traceback__.tb_next.tb_frame
print(frame.f_locals, frame.f_lineno - frame.f_code.co_firstlineno)
caught_at_once()
report(number, 100)
for lose in False, True:
    report(handles, lose)
    report(own, lose)
report(list, generator())
try:
    raise
except RuntimeError as e:
    print(e.__traceback__.tb_lineno, e.__traceback__.tb_next, sys.exc_info()[1] is e)
