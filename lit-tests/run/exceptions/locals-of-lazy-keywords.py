# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Functions of the library make the dict of ** when they look at it. Their frames show it before that, too.
import sys
import traceback
import unittest.mock


def fail(*args, **kwargs):
    raise KeyError("k")


def caller(*args, **kwargs):
    frame = sys._getframe(1)
    print(frame.f_code.co_name, frame.f_locals["kwargs"], frame.f_locals["kwargs"] is frame.f_locals["kwargs"])


for give in ({}, {"x": 1}):
    try:
        unittest.mock.Mock(side_effect=fail)(**give)
    except KeyError as e:
        for frame, line in traceback.walk_tb(e.__traceback__):
            if "kwargs" in frame.f_locals:
                print(frame.f_code.co_name, frame.f_locals["kwargs"], list(frame.f_locals)[:3])
                frame.clear()
                print(list(frame.f_locals))
    unittest.mock.Mock(side_effect=caller)(**give)
