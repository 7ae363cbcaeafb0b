# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Errors of natives that are made with several arguments know what was being handled, as all others do; a module that is no package
# was asked for its __path__.
import codecs
import io
import os
import signal
import sys


def show(name, f):
    try:
        try:
            1 // 0
        except ZeroDivisionError:
            f()
    except BaseException as e:
        print(name, end=": ")
        while e:
            print(repr(e), e.__suppress_context__, e.__cause__, getattr(e, "name", ""), end="; ")
            e = e.__context__
        print()


def full_pipe():
    r, w = os.pipe()
    os.set_blocking(w, False)
    f = io.BufferedWriter(io.FileIO(w, "w"), 10)
    try:
        f.write(b"a" * 1000000)
    finally:
        f.raw.close()


def no_package():
    import os.missing


def no_package_of_builtin():
    import sys.missing


def same_again():
    try:
        b"\xff".decode()
    except UnicodeDecodeError as e:
        try:
            codecs.lookup_error("strict")(e)
        finally:
            e.reason = "again"


show("pow", lambda: 1e300**2.5)
show("pow()", lambda: pow(1e300, 2))
show("sys.exit", lambda: sys.exit((1, 2)))
show("sys.exit()", lambda: sys.exit())
show("decode", lambda: b"\xff".decode("utf-8"))
show("decode utf-16", lambda: b"abc".decode("utf-16"))
show("encode", lambda: "\udc80".encode("utf-8"))
show("encode ascii", lambda: "\xe9".encode("ascii"))
show("escape", lambda: codecs.decode(b"\\N{zork}", "unicode_escape"))
show("strict", lambda: codecs.strict_errors(ValueError(1)))
show("strict again", same_again)
show("ignore", lambda: codecs.ignore_errors(ValueError(1)))
show("signal", lambda: signal.default_int_handler(2, None))
show("full pipe", full_pipe)
show("import", no_package)
show("import builtin", no_package_of_builtin)
show("import path", lambda: __import__("os.path.missing"))
