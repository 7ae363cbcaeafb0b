# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Functions of which one way is short and the other is not suitable (loops, recursion, calls of what is not known): whichever is taken,
# everything happens once, in its order.
import sys


class Node:
    def __init__(self, key, parent=None):
        self.key = key
        self.parent = parent
        self.root = self if parent is None else parent
        self.items = None
        self.count = 0
        self.weight = 0.5

    def find(self):
        root = self.root
        if root.key != self.key:
            root = root.find()
            self.root = root
        return root

    def ready(self):
        if self.items is None:
            self.items = [self.key]
            print("made for", self.key)
        return self.items

    def heavy(self, limit):
        self.count += 1
        if self.count < limit:
            return self.weight
        total = 0.0
        for k in range(self.count):
            total += k
        self.count = 0
        return total

    def checked(self, n):
        if n >= 0:
            return n * 2
        print("negative", n)
        return [n][1] if n < -5 else -n

    def kind(self, n):
        if n % 3 == 0:
            return 1
        if n % 3 == 1:
            return "one"
        return len(str(n)) + 0.5

    def __lt__(self, other):
        if self.key != other.key:
            return self.key < other.key
        print("equal keys")
        return sorted([self.weight, other.weight])[0] == self.weight

    def __del__(self):
        print("gone", self.key)


def chain(n):
    node = Node(0)
    for k in range(1, n):
        node = Node(k, node)
    return node


def roots(node, times):
    total = 0
    for _ in range(times):
        total += node.find().key
        if node.parent is not None:
            total += node.parent.find().key
    return total


def counted(node, times):
    total = 0.0
    for n in range(times):
        total += node.heavy(4)
        total += node.checked(n - 2)
        total += len(node.ready())
    return total


def kinds(node, times):
    found = []
    for n in range(times):
        found.append(node.kind(n))
    return found


def least(nodes):
    best = nodes[0]
    for node in nodes:
        if node < best:
            best = node
    return best.key


node = chain(5)
print(roots(node, 3), counted(node, 9), kinds(node, 7))
try:
    counted(chain(2), 1) + node.checked(-9)
except IndexError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
print(least([chain(3), chain(1), chain(1), chain(2)]))


class Other(Node):
    def find(self):
        return self

    def kind(self, n):
        return n


print(roots(Other(7, node), 2), kinds(Other(8), 3))


def deep(n):
    node = Node(n)
    if n:
        return deep(n - 1)
    try:
        while True:
            node = Node(1, node)
            node.root = node.parent
            node.key += node.parent.key
            roots(node, 1)
            if node.key > 400:
                break
    except RecursionError as e:
        print(type(e).__name__)
    return node.key


sys.setrecursionlimit(300)
print(deep(3) > 0)
