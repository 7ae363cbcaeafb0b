"""Runs the test methods of one module and writes down each one's fate as it happens.

Compiled into every driver of conformance.py, and run by CPython unchanged. The record is a text file that outlives a crash:

    M id            a method of the module (all of them come first)
    S id            the method starts
    E status id     it has ended: pass, fail, skip, or detail: skipped as an implementation detail of CPython's
    D text          repr() of why it, or a fixture, failed or was skipped
    X               the run came to its end
"""
import os
import sys
import traceback
import unittest
from test import support


def impl_detail(msg=None, **guards):
    return original_impl_detail(msg and "implementation detail: " + msg, **guards)


# Tests that say in words of their own that they are about CPython alone.
original_impl_detail, support.impl_detail = support.impl_detail, impl_detail


def methods(suite):
    """The test cases of a suite, flat and in order."""
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from methods(item)
        else:
            yield item


class Record(unittest.TestResult):
    def __init__(self, descriptor, names):
        super().__init__()
        self.descriptor = descriptor
        self.names = names
        self.status = "pass"

    def write(self, *words):
        os.write(self.descriptor, (" ".join(words) + "\n").encode("utf-8", "backslashreplace"))

    def startTest(self, test):
        super().startTest(test)
        self.status = "pass"
        self.write("S", self.names[test])

    def stopTest(self, test):
        super().stopTest(test)
        self.write("E", self.status, self.names[test])

    def explain(self, error):
        self.status = "fail"
        try:
            text = "".join(traceback.format_exception(*error))
        except Exception as e:  # an exception that cannot be shown must not end the run
            text = f"{error[0]!r} (cannot be shown: {type(e).__name__})"
        self.write("D", repr(text))

    def addError(self, test, err):
        self.explain(err)

    def addFailure(self, test, err):
        self.explain(err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.explain(err)

    def addSkip(self, test, reason):
        self.status = "detail" if "implementation detail" in reason else "skip"
        self.write("D", repr(reason))

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        self.status = "fail"
        self.write("D", repr("unexpected success"))


def run(module, arguments):
    """All test classes of the module. `arguments`: the record's file, and optionally a file with the methods to leave out,
    one per line."""
    descriptor, done = start(arguments)
    run_suite(unittest.defaultTestLoader.loadTestsFromModule(module), descriptor, done)
    finish(descriptor)


def run_main(module, arguments):
    """What the module's test_main() gathers and prepares: for modules that cannot be run without."""
    from test import support
    descriptor, done = start(arguments)
    support._run_suite = lambda suite: run_suite(suite, descriptor, done)
    module.test_main()
    finish(descriptor)


def start(arguments):
    done = set()
    if len(arguments) > 1:
        with open(arguments[1], encoding="utf-8") as f:
            done = set(f.read().splitlines())
    return os.open(arguments[0], os.O_WRONLY | os.O_CREAT | os.O_APPEND), done


def run_suite(found, descriptor, done):
    counts = {}
    names = {}
    suite = unittest.TestSuite()
    for test in methods(found):
        name = test.id().removeprefix("test.").replace("\n", " ")
        counts[name] = counts.get(name, 0) + 1
        if counts[name] > 1:
            name += f"#{counts[name]}"
        names[test] = name
        os.write(descriptor, f"M {name}\n".encode("utf-8", "backslashreplace"))
        if name not in done:
            suite.addTest(test)
    suite.run(Record(descriptor, names))


def finish(descriptor):
    os.write(descriptor, b"X\n")
    sys.stdout.flush()
    os._exit(0)  # what a test left running is not this run's business
