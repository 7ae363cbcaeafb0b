# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Popping heaps empty: items, sizes of the list, and lists that change while items are compared.
import heapq
import sys


class Watched:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __del__(self): print("dies", self.n, end="; ")


heap = []
for i in range(40):
    heapq.heappush(heap, i * 7 % 40)
sizes, items = [], []
while heap:
    items.append(heapq.heappop(heap))
    sizes.append(sys.getsizeof(heap))
print(items == sorted(items), sizes)
heap = [Watched(n) for n in (1, 5, 2)]
while heap:
    heapq.heappop(heap)
    print(len(heap))
heap = [[2], [3], [4]]
only = heapq.heappop(heap)
print(only, heap, heapq.heappop(heap), heapq.heappop(heap), heap)


class Shrinks(Watched):
    def __lt__(self, other):
        if len(heap) > 2: del heap[1:]
        return False
    def __del__(self): pass


heap = [Shrinks(n) for n in range(5)]
try: heapq.heappop(heap)
except (RuntimeError, IndexError) as e: print(type(e).__name__, e, len(heap))


class Own(list):
    pass


heap = Own([3, 4, 5])
print(heapq.heappop(heap), heap, type(heap))
heap = [1, "a", None]
for _ in range(3):
    try: print(heapq.heappop(heap), len(heap))
    except TypeError as e: print(e, len(heap))
try: heapq.heappop([])
except IndexError as e: print(e)
