# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What `raise … from …` was given dies in CPython's order where one of them is no exception: the exception first.


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Loud(ValueError):
    def __del__(self):
        print("del Loud")


class Fails(ValueError):
    def __init__(self):
        raise KeyError("made")


class Other(ValueError):
    def __new__(cls):
        return D("made")


def cause_is_none():
    raise ValueError(D("value")) from D("cause")


def neither_is_one():
    raise D("value") from D("cause")


def of_class():
    raise Loud from D("cause")


def cause_fails():
    raise Loud(D("value")) from Fails


def value_fails():
    raise Fails from D("cause")


def value_is_other():
    raise Other from D("cause")


def both_are():
    raise Loud("value") from Loud("cause")


def cause_is_class():
    raise Loud("value") from Loud


def of_variables():
    value, cause = Loud(D("value")), D("cause")
    raise value from cause


def variable_and_cause():
    value = Loud(D("value"))
    raise value from D("cause")


def in_handler():
    try:
        raise ValueError(D("first"))
    except ValueError as e:
        raise e from D("cause")


def again(source):
    exec(source, {"D": D, "Loud": Loud})


def of_exec():
    again('raise Loud(D("value")) from D("cause")')


for f in (
    cause_is_none,
    neither_is_one,
    of_class,
    cause_fails,
    value_fails,
    value_is_other,
    both_are,
    cause_is_class,
    of_variables,
    variable_and_cause,
    in_handler,
    of_exec,
):
    print(f.__name__)
    try:
        f()
    except BaseException as e:
        print(type(e).__name__, str(e)[:60].split(" at 0x")[0], type(e.__cause__), type(e.__context__))
    print("end")
