# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# tb_lasti and co_positions() agree, so that traceback (the module) shows the line and the carets; also where eval
# brings CPython's bytecode tables into the program.
import traceback
import types


def failing(values):
    first = 1
    return first + eval("values.pop") ()


def outer():
    empty = []
    for _ in range(2):
        failing(
            empty)


try:
    outer()
except IndexError as e:
    for entry in traceback.extract_tb(e.__traceback__):
        print(entry.name, entry.lineno, entry.end_lineno, entry.colno, entry.end_colno, entry.line)
    last = e.__traceback__.tb_next
    copy = types.TracebackType(None, last.tb_frame, last.tb_lasti, last.tb_lineno)
    print(copy.tb_lasti == last.tb_lasti, traceback.format_tb(copy)[0].splitlines()[1:])
