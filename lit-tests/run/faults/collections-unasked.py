# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# The collector finds cycles without being asked, at the latest after some thousands of containers more, also where nothing was
# garbage for a long time; and exactly at the program's own threshold.
import gc
import weakref


class Node:
    pass


def cycle():
    n = Node()
    n.me = n
    return weakref.ref(n)


def made_until_dead(ref):
    junk = []
    while ref() is not None:
        junk.append([])
    return len(junk)


print(gc.get_threshold())
print(made_until_dead(cycle()) < 10000)
kept = [[i] for i in range(100000)]
print(made_until_dead(cycle()) < 400000)
del kept
for _ in range(5):
    print(made_until_dead(cycle()) < 400000)
phases = []
gc.callbacks.append(lambda phase, info: phases.append(phase))
kept = [[i] for i in range(400000)]
print(len(phases) > 200)
gc.callbacks.clear()
gc.set_threshold(50, 5, 5)
print(gc.get_threshold())
gc.collect()
before = gc.get_stats()[0]["collections"]
kept = [[i] for i in range(5000)]
print(60 <= gc.get_stats()[0]["collections"] - before <= 100)
gc.disable()
ref = cycle()
kept = [[i] for i in range(50000)]
print(ref() is None)
gc.enable()
kept = [[i] for i in range(50000)]
print(ref() is None)
