# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# distance.get(node, inf) in dicts of ints, of floats, of both, and of what is no number: shortest ways.
import heapq
import math


def shortest(graph, start):
    distance, heap = {start: 0}, [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > distance[node]:
            continue
        for other, weight in graph[node].items():
            if d + weight < distance.get(other, math.inf):
                distance[other] = d + weight
                heapq.heappush(heap, (d + weight, other))
    return distance


def nearest(pairs):
    best = {}
    for key, length in pairs:
        if length < best.get(key, float("inf")):
            best[key] = length
    return best


def graph(weights):
    return {i: {(i * 7 + k) % 11: w for k, w in enumerate(weights)} for i in range(11)}


print(shortest(graph([1, 2, 3]), 0))
print(shortest(graph([1.5, 0.25, 2]), 0))
print(shortest(graph([2 ** 70, 1]), 0))
print(nearest([("a", 3), ("b", 2.5), ("a", 2), ("b", 3), ("c", True), ("a", 1.5), ("d", math.inf)]))
print(shortest({0: {}}, 0))
try:
    shortest({0: {1: "x"}}, 0)
except TypeError as e:
    print(e)
