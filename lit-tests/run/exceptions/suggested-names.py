# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which names a NameError suggests: parameters and plain locals, globals, builtins; no variables shared with other functions.
import io
import sys

several = 1


def parameter(dogs):
    return dogz


def shared_parameter(dogs):
    def inner():
        return dogs
    return dogz


def local():
    dogs = 1
    return dogz


def shared_local():
    dogs = 1

    def inner():
        return dogs
    return dogz


def free(dogs=1):
    def inner():
        return dogs, dogz
    return inner()


def free_and_unbound():
    dog1 = dog2 = 1

    def inner():
        return dog2 + dog1
    del dog1
    return inner()


def of_module():
    return severel


def of_builtins():
    return sortde([])


for f in (parameter, shared_parameter, local, shared_local, free, free_and_unbound, of_module, of_builtins):
    try:
        f(*[1] * (f.__code__.co_argcount > len(f.__defaults__ or ())))
    except NameError:
        sys.stderr = shown = io.StringIO()
        sys.__excepthook__(*sys.exc_info())
        sys.stderr = sys.__stderr__
        print(f.__name__, "|", shown.getvalue().splitlines()[-1])
