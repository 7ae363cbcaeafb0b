# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What one list or tuple holds many times in turn is counted as often by the collector, garbage or not.
import gc
import weakref


class Node:
    pass


def born():
    gc.collect()
    gc.disable()


def itself():
    a = []
    a.extend([a] * 5)
    return a


def instances():
    node = Node()
    items = [node] * 7
    node.items = items
    node.pair = (node, node, node, items, items)
    return node


born()
itself()
print(gc.collect())

kept = itself()
print(gc.collect(), len(kept), kept[3] is kept)
kept = None
print(gc.collect())

seen = weakref.ref(instances())
print(seen() is None, gc.collect(), seen())

# Held from outside by one reference more than the list has.
node = instances()
seen = weakref.ref(node)
items = node.items
del node
print(gc.collect(), seen() is items[6])
items = None
print(gc.collect(), seen())

# Containers in turn, and loose instances that only garbage holds.
row = [None] * 100
loose = Node()
loose.number = 1
table = [row] * 50 + [loose] * 9 + [row, loose] * 3
table.append(table)
seen = weakref.ref(loose)
del row, loose
print(gc.collect(), seen().number)
del table
print(gc.collect(), seen())

rows = [[] for _ in range(3)]
for row in rows:
    row.extend([rows] * 2 + [row] * 3 + [rows] * 2)
print(gc.collect(), gc.get_referents(rows[0]).count(rows[0]))
del rows, row
print(gc.collect())
