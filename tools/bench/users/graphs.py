"""A toolkit for graphs and mazes: shortest paths, spanning trees, components, colourings, mazes that are made and solved."""
import heapq
import random
import sys
from collections import defaultdict, deque


class Graph:
    """Weighted edges between hashable nodes; undirected unless told otherwise."""

    def __init__(self, directed=False):
        self.directed = directed
        self.adjacent = defaultdict(dict)

    def add_edge(self, a, b, weight=1):
        self.adjacent[a][b] = weight
        if not self.directed:
            self.adjacent[b][a] = weight
        elif b not in self.adjacent:
            self.adjacent[b] = {}

    def add_node(self, a):
        self.adjacent[a]

    def __len__(self):
        return len(self.adjacent)

    def __iter__(self):
        return iter(self.adjacent)

    def __contains__(self, node):
        return node in self.adjacent

    def neighbours(self, node):
        return self.adjacent[node].items()

    def edges(self):
        seen = set()
        for a, others in self.adjacent.items():
            for b, weight in others.items():
                if self.directed or (b, a) not in seen:
                    seen.add((a, b))
                    yield a, b, weight

    def breadth_first(self, start):
        distance = {start: 0}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            yield node, distance[node]
            for other in self.adjacent[node]:
                if other not in distance:
                    distance[other] = distance[node] + 1
                    queue.append(other)

    def depth_first(self, start, seen=None):
        seen = set() if seen is None else seen
        seen.add(start)
        yield start
        for other in self.adjacent[start]:
            if other not in seen:
                yield from self.depth_first(other, seen)

    def components(self):
        seen = set()
        for node in self.adjacent:
            if node not in seen:
                component = {n for n, _ in self.breadth_first(node)}
                seen |= component
                yield component

    def shortest_path(self, start, goal, estimate=None):
        """Dijkstra's algorithm, or A* with an estimate: (length, nodes)."""
        best = {start: 0}
        before = {}
        heap = [(estimate(start) if estimate else 0, start)]
        done = set()
        while heap:
            _, node = heapq.heappop(heap)
            if node == goal:
                path = [node]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return best[goal], path[::-1]
            if node in done:
                continue
            done.add(node)
            for other, weight in self.neighbours(node):
                length = best[node] + weight
                if other not in best or length < best[other]:
                    best[other] = length
                    before[other] = node
                    heapq.heappush(heap, (length + (estimate(other) if estimate else 0), other))
        return None

    def all_lengths(self):
        nodes = list(self.adjacent)
        infinite = float("inf")
        length = {a: {b: 0 if a == b else self.adjacent[a].get(b, infinite) for b in nodes} for a in nodes}
        for k in nodes:
            row = length[k]
            for a in nodes:
                through = length[a][k]
                if through == infinite:
                    continue
                mine = length[a]
                for b in nodes:
                    if through + row[b] < mine[b]:
                        mine[b] = through + row[b]
        return length

    def spanning_tree(self):
        sets = DisjointSets(self.adjacent)
        tree = Graph()
        total = 0
        for a, b, weight in sorted(self.edges(), key=lambda e: (e[2], str(e[0]), str(e[1]))):
            if sets.union(a, b):
                tree.add_edge(a, b, weight)
                total += weight
        return tree, total

    def colouring(self):
        colours = {}
        for node in sorted(self.adjacent, key=lambda n: (-len(self.adjacent[n]), str(n))):
            used = {colours.get(other) for other in self.adjacent[node]}
            colour = 0
            while colour in used:
                colour += 1
            colours[node] = colour
        return colours

    def strong_components(self):
        """Tarjan's algorithm without recursion."""
        index, low, stack, on_stack, result = {}, {}, [], set(), []
        for root in self.adjacent:
            if root in index:
                continue
            work = [(root, iter(self.adjacent[root]))]
            index[root] = low[root] = len(index)
            stack.append(root)
            on_stack.add(root)
            while work:
                node, others = work[-1]
                for other in others:
                    if other not in index:
                        index[other] = low[other] = len(index)
                        stack.append(other)
                        on_stack.add(other)
                        work.append((other, iter(self.adjacent[other])))
                        break
                    if other in on_stack:
                        low[node] = min(low[node], index[other])
                else:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[node])
                    if low[node] == index[node]:
                        component = []
                        while True:
                            other = stack.pop()
                            on_stack.discard(other)
                            component.append(other)
                            if other == node:
                                break
                        result.append(component)
        return result


class DisjointSets:
    def __init__(self, items):
        self.parent = {item: item for item in items}
        self.rank = dict.fromkeys(items, 0)

    def find(self, item):
        root = item
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[item] != root:
            self.parent[item], item = root, self.parent[item]
        return root

    def union(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.rank[a] < self.rank[b]:
            a, b = b, a
        self.parent[b] = a
        if self.rank[a] == self.rank[b]:
            self.rank[a] += 1
        return True


class Maze:
    def __init__(self, width, height, rng):
        self.width, self.height = width, height
        self.open = set()
        self.carve(rng)

    def around(self, cell):
        x, y = cell
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            if 0 <= x + dx < self.width and 0 <= y + dy < self.height:
                yield x + dx, y + dy

    def carve(self, rng):
        visited = {(0, 0)}
        stack = [(0, 0)]
        while stack:
            cell = stack[-1]
            choices = [other for other in self.around(cell) if other not in visited]
            if not choices:
                stack.pop()
                continue
            other = rng.choice(choices)
            self.connect(cell, other)
            visited.add(other)
            stack.append(other)
        for _ in range(self.width * self.height // 20):
            cell = rng.randrange(self.width), rng.randrange(self.height)
            self.connect(cell, rng.choice(list(self.around(cell))))

    def connect(self, a, b):
        self.open.add((a, b) if a < b else (b, a))

    def graph(self):
        graph = Graph()
        for a, b in sorted(self.open):
            graph.add_edge(a, b)
        return graph

    def draw(self, path=()):
        path = set(path)
        lines = ["+" + "--+" * self.width]
        for y in range(self.height):
            row, below = "|", "+"
            for x in range(self.width):
                here = "* " if (x, y) in path else "  "
                row += here + (" " if ((x, y), (x + 1, y)) in self.open else "|")
                below += "  +" if ((x, y), (x, y + 1)) in self.open else "--+"
            lines += [row, below]
        return "\n".join(lines)


def random_graph(nodes, edges, rng, directed=False):
    graph = Graph(directed)
    for i in range(nodes):
        graph.add_node(f"n{i}")
    while edges:
        a, b = rng.randrange(nodes), rng.randrange(nodes)
        if a != b:
            graph.add_edge(f"n{a}", f"n{b}", rng.randrange(1, 30))
            edges -= 1
    return graph


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rng = random.Random(3)
    maze = Maze(12, 6, rng)
    length, path = maze.graph().shortest_path((0, 0), (11, 5))
    print(maze.draw(path))
    print(length)
    for turn in range(size):
        big = Maze(40, 30, rng)
        graph = big.graph()
        goal = (39, 29)
        plain = graph.shortest_path((0, 0), goal)
        guided = graph.shortest_path((0, 0), goal, lambda c: goal[0] - c[0] + goal[1] - c[1])
        far = max(graph.breadth_first((0, 0)), key=lambda nd: (nd[1], nd[0]))
        roads = random_graph(60, 150, rng)
        tree, total = roads.spanning_tree()
        lengths = roads.all_lengths()
        finite = [v for row in lengths.values() for v in row.values() if v != float("inf")]
        links = random_graph(120, 170, rng, directed=True)
        strong = sorted((len(c) for c in links.strong_components()), reverse=True)
        if turn % 10 == 0:
            print(plain[0], guided[0], len(plain[1]), far, len(tree), total, max(finite), len(finite))
            print(strong[:4], max(roads.colouring().values()) + 1, sorted(map(len, roads.components())), sum(1 for _ in roads.depth_first("n0")))


if __name__ == "__main__":
    main()
