# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# What SystemExit makes of a process: its `code`, as the instance shows it, taken as a C int.
import os
import sys


class Fixed(SystemExit):
    code = 9


class Said(SystemExit):
    code = "words of the class"


class Failing(SystemExit):
    @property
    def code(self):
        raise ValueError("nobody sees this")


def changed():
    e = SystemExit(3)
    e.code = 8
    return e


for make in (lambda: SystemExit(), lambda: SystemExit(3), lambda: SystemExit(-1), lambda: SystemExit(256 + 7), lambda: SystemExit(2**31),
             lambda: SystemExit(2**63 - 1), lambda: SystemExit(2**63), lambda: SystemExit(2**70), lambda: SystemExit(-2**70), lambda: SystemExit(True),
             lambda: SystemExit(1.5), lambda: SystemExit("text"), lambda: SystemExit(1, 2), lambda: Fixed(5), lambda: Said(5), lambda: Failing("a", "b"), changed):
    child = os.fork()
    if not child:
        os.dup2(1, 2)
        raise make()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
