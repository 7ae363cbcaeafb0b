# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# How an error is shown whose class has no text in __module__, or none to be had: what nobody can catch has no dot there.
import sys

sys.stderr = sys.stdout


class Nameless(Exception):
    pass


class Failing(type):
    @property
    def __module__(cls):
        raise ValueError("module")


class Unknown(Exception, metaclass=Failing):
    pass


def show(make):
    try:
        raise make("text")
    except make as e:
        sys.__excepthook__(type(e), e.with_traceback(None), None)

    class Dying:
        def __repr__(self):
            return "Dying"

        def __del__(self):
            raise make("while dying")

    def hook(info):
        info.exc_value.__traceback__ = None
        sys.__unraisablehook__(type(info)((info.exc_type, info.exc_value, None, info.err_msg, "it")))

    sys.unraisablehook = hook
    Dying()


for module in (None, 5, "", "builtins", "some.module"):
    Nameless.__module__ = module
    show(Nameless)
show(Unknown)
