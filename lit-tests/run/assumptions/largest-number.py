# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# sys.maxsize for what is not known yet: in tables and in searches, with results that are negative, larger than any machine word, or floats.
import sys
from sys import maxsize
from sys import maxsize as unknown
def nearest(xs, q):
    best = sys.maxsize
    for x in xs:
        d = (x - q) * (x - q)
        if d < best:
            best = d
    return best


def least(xs, q):
    best = maxsize
    for x in xs:
        best = min(best, (x - q) ** 2)
    return best


def table(n):
    dist = [sys.maxsize] * n
    dist[0] = 0
    for k in range(3):
        for i in range(1, n):
            if dist[i - 1] != sys.maxsize and dist[i - 1] + i < dist[i]:
                dist[i] = dist[i - 1] + i
    return sum(dist)


def bellman(edges, n, src):
    dist = [sys.maxsize] * n
    dist[src] = 0
    for _ in range(n - 1):
        for u, v, w in edges:
            if dist[u] != sys.maxsize and dist[u] + w < dist[v]:
                dist[v] = dist[u] + w
    return dist



def renamed(n):
    costs = {k: unknown for k in range(n)}
    for k in range(n):
        costs[k] = min(costs[k], costs.get(k - 1, 0) + k)
        if costs[k] > 10:
            costs[k] = unknown - k
    return costs


class Node:
    def __init__(self):
        self.distance = sys.maxsize
        self.name = None


def relax(weights):
    nodes = [Node() for _ in weights]
    nodes[0].distance = 0
    for i in range(1, len(nodes)):
        new = nodes[i - 1].distance + weights[i]
        if new < nodes[i].distance:
            nodes[i].distance = new
    return [n.distance for n in nodes]


xs = [5, -3, 12, 2**40, 7]
print(nearest(xs, 4), nearest([], 1), nearest([2.5, 4], 3), nearest([2**70], 3))
print(least(xs, 4), least([], 1), least([2.5, 4], 3), least([2**70], 3))
print(table(9), table(1))
edges = [(0, 1, 4), (1, 2, -7), (2, 3, 2), (0, 3, 9), (3, 4, -1), (4, 5, sys.maxsize), (5, 6, sys.maxsize), (6, 7, 1.5)]
print(bellman(edges, 9, 0), bellman(edges, 9, 5))
print(renamed(8))
print(relax([1, 2, -9, 4, 2**62, 2**62, 2**63, 0.5]))
sys.maxsize = 10
print(table(5), nearest(xs, 5))
maxsize = "none"
try:
    print(least(xs, 4))
except TypeError as e:
    print(e)
