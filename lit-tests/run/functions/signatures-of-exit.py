# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# exit, quit and help have the signatures of their classes' __call__.
import inspect

for o in exit, quit, help:
    print(inspect.signature(o), inspect.signature(o.__call__))
    print(inspect.isroutine(type(o).__call__), callable(o))
for end in (lambda: exit(5), lambda: exit.__call__(code=3), lambda: type(exit).__call__(quit), lambda: quit(code="text")):
    try:
        end()
    except SystemExit as e:
        print(repr(e.code))
