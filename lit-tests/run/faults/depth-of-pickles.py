# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# How deep objects may stand in each other to be pickled, or shown: lists, dicts and sets take two levels each.
import pickle


class Node:
    def __init__(self, link):
        self.link = link


def nested(make, n):
    value = None
    for _ in range(n):
        value = make(value)
    return value


def deepest(function, make):
    low, high = 1, 1200
    while low < high:
        middle = (low + high) // 2
        try:
            function(nested(make, middle))
            low = middle + 1
        except RecursionError:
            high = middle
    return low


for protocol in (2, 4):
    print(protocol, [deepest(lambda v: pickle.dumps(v, protocol), make)
                     for make in (Node, lambda v: [v], lambda v: (v,), lambda v: {"a": v}, lambda v: {"a": v, "b": 1}, lambda v: [1, v])])
print([deepest(repr, make) for make in (lambda v: [v], lambda v: (v,), lambda v: {"a": v}, lambda v: frozenset([v]))])
try:
    pickle.dumps(nested(Node, 400))
except RecursionError as e:
    print(e)
