# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What too deep a recursion says depends on who counts: frames of functions say nothing, recursing C code what it was about.
# How deep it went decides which of the two is first.
import functools
import json


def attempt(what, f):
    try:
        f()
    except RecursionError as e:
        print(what, "|", e)


class Meta(type):
    def __instancecheck__(cls, o):
        return isinstance(o, cls)

    def __subclasscheck__(cls, o):
        return issubclass(o, cls)


class Checked(metaclass=Meta):
    pass


class Same:
    def __eq__(self, other):
        return self == other

    def __call__(self):
        return self()

    @property
    def p(self):
        return self.p

    def method(self):
        bound = self.method
        return bound(*())


def plain():
    plain()


def nested(wrap, depth, innermost):
    return functools.reduce(lambda inner, _: wrap(inner), range(depth), innermost)


attempt("function", plain)
attempt("isinstance", lambda: isinstance(1, Checked))
attempt("issubclass", lambda: issubclass(int, Checked))
attempt("==", lambda: Same() == Same())
attempt("()", lambda: Same()())
attempt("property", lambda: Same().p)
attempt("method", lambda: Same().method())
attempt("tuple of classes", lambda: isinstance(1, nested(lambda t: (t,), 5000, (str,))))
one, other = (nested(lambda x: [x], 5000, []) for _ in "ab")
attempt("list ==", lambda: one == other)
attempt("repr", lambda: repr(one))
attempt("repr of dicts", lambda: repr(nested(lambda x: {1: x}, 5000, {})))
attempt("json", lambda: json.dumps(one))

import ast

for source in "-" * 5000 + "1", "not " * 5000 + "1", "a" + ".b" * 20000, "~" * 3000 + "1":
    for f in lambda: compile(source, "f", "exec"), lambda: ast.parse(source):
        try:
            f()
        except RecursionError as e:
            print(source[:4], e)
