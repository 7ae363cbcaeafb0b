import sys

print("runs", __name__)


class Made:
    pass


def check():
    if not hasattr(sys, "ready"):
        raise ValueError("not ready")


check()
value = 1
