"""Trees built and dropped: allocation, reference counts, recursion."""
import sys


class Tree:
    def __init__(self, depth):
        self.left = Tree(depth - 1) if depth else None
        self.right = Tree(depth - 1) if depth else None

    def count(self):
        return 1 + self.left.count() + self.right.count() if self.left else 1


depth = int(sys.argv[1])
kept = Tree(depth)
for d in range(4, depth + 1, 4):
    trees = 1 << (depth - d + 4)
    print(f"{trees} trees of depth {d}: {sum(Tree(d).count() for _ in range(trees))}")
print(f"kept: {kept.count()}")
