# RUN: krait run -O0 %s 2>/dev/null | diff %s.out -
# RUN: krait run -O2 %s 2>/dev/null | diff %s.out -
# RUN: krait-interp %s 2>/dev/null | diff %s.out -
# Reports on errors show the variables of the function that handles them, too, which still runs.
import cgitb
import sys


def divide(a, b):
    quotient = "not yet"
    quotient = a / b
    return quotient


def report(value):
    first = [value]
    try:
        divide(value, 0)
    except ZeroDivisionError:
        return cgitb.text(sys.exc_info()), first


text, _ = report(41)
for line in "first = [41]", "value = 41", "a = 41", "b = 0", "quotient = 'not yet'", "ZeroDivisionError: division by zero":
    print(line, line in text)
