# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a thread keeps in a local object may lead back to that: a cycle like any other, also if the thread still runs.
import gc
import threading
import weakref


class Node:
    pass


class Local(threading.local):
    pass


def cycle(kind):
    node = Node()
    node.local = kind()
    node.local.node = node
    return weakref.ref(node)


for kind in threading.local, Local:
    seen = cycle(kind)
    gc.collect()
    print(kind.__name__, seen())

kept = Local()
kept.node = Node()
seen = weakref.ref(kept.node)
gc.collect()
print(seen() is kept.node)

ready, done = threading.Event(), threading.Event()
others = []


def other():
    local.node = Node()
    others.append(weakref.ref(local.node))
    ready.set()
    done.wait()
    print("kept" if others[0]() is local.node else "gone")


local = Local()
thread = threading.Thread(target=other)
thread.start()
ready.wait()
gc.collect()
done.set()
thread.join()
gc.collect()
print(others[0]())
