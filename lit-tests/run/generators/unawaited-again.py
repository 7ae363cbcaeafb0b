# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A coroutine that nobody awaits is warned of, also where another one that had been warned of was in its place before.
import sys
import warnings


async def work():
    pass


def made():
    return work()


def warn(depth):
    sys.set_coroutine_origin_tracking_depth(depth)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        made()
        made()
    sys.set_coroutine_origin_tracking_depth(0)
    return [str(w.message).partition("\n")[0] for w in caught]


for depth in 0, 1, 2, 0:
    print(depth, warn(depth))


# Names are those of the function when it was called.
async def named():
    pass


first = named()
named.__name__, named.__qualname__ = "other", "a.other"
second = named()
second.__name__ = "third"
print(first.__name__, first.__qualname__, second.__name__, second.__qualname__)
named.__name__ = "last"
print(first.__name__, second.__qualname__, (last := named()).__name__)
first.close(), second.close(), last.close()
print(first.__qualname__, repr(second).partition(" at ")[0])
