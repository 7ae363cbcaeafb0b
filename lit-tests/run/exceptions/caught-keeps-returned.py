# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An error that was handled and lives on keeps all locals of the function that handled it: the one that was returned, too.
import contextlib

saved = []
log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, entries):
        saved.append(error)
        return True


def by_try():
    loud = Loud("try")
    try:
        1 / 0
    except ZeroDivisionError as error:
        saved.append(error)
    return loud


def by_with():
    loud = Loud("with")
    with Suppress():
        1 / 0
    return loud


def parameter(loud):
    try:
        [][0]
    except IndexError as error:
        saved.append(error)
    return loud


def within():
    loud = Loud("within")
    try:
        try:
            1 / 0
        finally:
            other = Loud("other")
    except ZeroDivisionError as error:
        saved.append(error)
        return loud
    return other


def group():
    loud = Loud("group")
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError as error:
        saved.append(error)
    return loud


def forgotten():
    loud = Loud("forgotten")
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    return loud


def loop():
    for n in range(3):
        kept = Loud(f"loop {n}")
        with contextlib.suppress(KeyError):
            {}[n]
    return kept


for make in (by_try, by_with, lambda: parameter(Loud("parameter")), within, group, forgotten, loop):
    made = make()
    log.append("made " + made.name)
    made = None
    log.append("let go")
    saved.clear()
    log.append("cleared")
    print(log)
    log.clear()
