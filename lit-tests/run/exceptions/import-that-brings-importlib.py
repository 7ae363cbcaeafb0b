# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# A package imports importlib, which takes over imports, and its submodule fails: the statement's own import began before, and shows
# none of importlib's functions either.


def show(error):
    print(type(error).__name__, error)
    at = error.__traceback__
    while at:
        code = at.tb_frame.f_code
        print("   ", code.co_filename.rpartition("exceptions/")[2], at.tb_lineno, code.co_name)
        at = at.tb_next


try:
    import Inputs.late.raises
except KeyError as e:
    show(e)
try:
    from Inputs.late import raises
except KeyError as e:
    show(e)
try:
    import Inputs.late.absent
except ImportError as e:
    show(e)
