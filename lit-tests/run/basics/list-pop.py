# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# pop() of lists: what is left, how much room it has, who dies when; of what is no list, or a list of a class of its own.
import sys
from collections import deque


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def drain(stack):
    taken = []
    try:
        while True:
            taken.append((stack.pop(), sys.getsizeof(stack) if type(stack) is list else None))
    except Exception as e:
        taken.append(repr(e))
    return taken


def grown(n):
    stack = []
    for i in range(n):
        stack.append(i)
    return stack


class Own(list):
    pass


for n in 0, 1, 2, 3, 4, 5, 9, 20:
    print(drain(grown(n)))
    print(drain([None] * n))
print(drain(deque([1, 2])), drain(bytearray(b"ab")), drain(Own([1, 2])), drain({1}), drain({1: 2}))


def deaths():
    stack = [Loud("a"), Loud("b"), Loud("c")]
    stack.pop()
    print("popped")
    kept = stack.pop()
    print("kept", kept.name, len(stack))
    del kept
    print("end")


deaths()
stack = [1, "x", 2.5]
print(stack.pop() + 1, stack.pop() * 2, stack.pop(), stack)
stack.append("again")
print(stack, sys.getsizeof(stack))


def through(stack):
    it = iter(stack)
    next(it)
    stack.pop()
    stack.pop()
    return list(it), stack


print(through([1, 2, 3]))
