# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which generations gc.get_objects accepts: -1 stands for all of them.
import gc

probe = [[]]
for generation in (None, -1):
    print(generation, any(o is probe for o in gc.get_objects(generation)))
for generation in (-2, 3):
    try:
        gc.get_objects(generation)
    except ValueError as e:
        print(generation, e)
