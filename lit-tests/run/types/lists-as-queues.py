# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Lists whose first items are taken out: by pop(0), del and slices, with items put in at both ends meanwhile, while they are
# iterated over, sorted, copied, joined and cleared; what dies with them, and when.
import random
import sys


class Noted:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        gone.append(self.n)


gone = []


def drain(n):
    line, out = list(range(n)), []
    while line:
        out.append(line.pop(0))
    return sum(x * (i + 1) for i, x in enumerate(out)), line


def steady(n, rounds):
    line, checked = list(range(n)), 0
    for i in range(rounds):
        checked = (checked * 31 + line.pop(0)) % 1000003
        line.append(i)
    return checked, len(line), line[0], line[-1], sys.getsizeof(line) < 3 * 8 * n


def waves():
    line, seen, state = [], [], 12345
    for step in range(20000):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        if line and state % 7 < (3 if step // 2000 % 2 else 4):
            seen.append(line.pop(0))
        else:
            line.append(state % 1000)
    return sum(seen) % 100003, len(seen), len(line), sum(line)


def mixed(seed):
    """Every operation, beside the same on a list that is made anew each time."""
    pick, line, model = random.Random(seed), [], []
    for step in range(3000):
        what = pick.randrange(14)
        if what < 4:
            more = [pick.randrange(100) for _ in range(pick.randrange(60))]
            line.extend(more)
            model = model + more
        elif what < 7 and len(line) > 80:
            count = pick.randrange(1, 40)
            for _ in range(count):
                assert line.pop(0) == model[0]
                model = model[1:]
        elif what == 7 and line:
            cut = pick.randrange(len(line))
            del line[:cut]
            model = model[cut:]
        elif what == 8:
            line.insert(0, step)
            model = [step] + model
        elif what == 9 and line:
            del line[0]
            model = model[1:]
        elif what == 10:
            line.sort()
            model = sorted(model)
        elif what == 11:
            line.reverse()
            model = model[::-1]
        elif what == 12 and line:
            at = pick.randrange(len(line))
            line[at:at + 3] = [1, 2, 3, 4]
            model = model[:at] + [1, 2, 3, 4] + model[at + 3:]
        elif line:
            assert line.pop() == model[-1]
            model = model[:-1]
        if step % 500 == 499:
            line.insert(-len(line) - 5, -1)
            model = [-1] + model
        assert line == model, (step, what)
    return len(line), sum(line)


def while_iterated():
    line, seen = list(range(300)), []
    for x in line:
        seen.append(x)
        if x % 3 == 0:
            line.pop(0)
    back = iter(reversed(line))
    line.pop(0)
    return len(seen), seen[-3:], len(line), next(back, None), list(back)[:2]


def while_sorted():
    line = list(range(200, 0, -1))
    line.pop(0)
    found = []

    def key(x):
        if not found:
            found.append(1)
            line.extend(range(300))
            for _ in range(100):
                line.pop(0)
        return x

    try:
        line.sort(key=key)
    except ValueError as e:
        found.append(str(e))
    return found, len(line), line[:3]


def ends():
    line = [Noted(i) for i in range(200)]
    first = line.pop(0)
    line.pop(0)
    print(gone)
    del line[:3]
    print(gone)
    del first
    print(gone)
    line[0:2] = []
    print(gone)
    gone.clear()
    whole = line[:]
    line.clear()
    line.append(1)
    print(gone, line)
    whole.pop(0)
    del whole
    print(len(gone), gone[:3], gone[-2:])


def sizes():
    line = list(range(1000))
    before = sys.getsizeof(line)
    for _ in range(400):
        line.pop(0)
    print(sys.getsizeof(line) == before)
    for _ in range(590):
        line.pop(0)
    print(sys.getsizeof(line) < before / 8, line)
    many = [[i] for i in range(1000)]
    for _ in range(700):
        many.pop(0)
    many *= 2
    print(len(many), many[0], many[-1], many + [1] > many, tuple(many)[:2])
    many[:] = [5]
    print(many)


print(drain(2000), drain(70))
print(steady(100, 5000), steady(1000, 20000))
print(waves())
print([mixed(seed) for seed in range(6)])
print(while_iterated())
print(while_sorted())
ends()
sizes()
