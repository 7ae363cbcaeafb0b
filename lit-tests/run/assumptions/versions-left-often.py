# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
#
# Loops whose version is left in every iteration, in some, in runs of them, and in inner loops alone: they stay in the general body
# for a while, and come back.
class Settings:
    step = 5
    scale = 2


def each(n):
    total = 0
    seen = ""
    for i in range(n):
        step = Settings.step
        if i % 29 == 0:
            seen += str(step)
        total += i
    return total, seen


def some(n, every):
    total = 0
    others = []
    for i in range(n):
        x = 1.5 if i % every == 0 else i
        total += x * Settings.scale
        if total > 1e6:
            total = 0
            others.append(i)
    return total, others


def runs(n):
    counts = [0, 0]
    values = [1] * 40 + ["x"] * 40
    for i in range(n):
        v = values[i % 80]
        counts[isinstance(v, str)] += 1
        if v == 1:
            counts[0] += v
    return counts


def nested(n, m):
    grid = []
    for i in range(n):
        row = 0
        scale = Settings.scale
        for j in range(m):
            row += j * i
            if j == i:
                row += Settings.step == "many"
        grid.append((row, scale))
    return grid


def steps(n):
    for i in range(0, n, 3):
        got = yield i * Settings.scale
        if got:
            yield str(got)


print(each(100), some(500, 1), some(500, 2), some(500, 7), some(500, 100), runs(300), nested(12, 9))
Settings.step = "many"
Settings.scale = 2.5
print(each(100), some(500, 1), some(500, 2), some(500, 7), some(500, 100), runs(300), nested(12, 9))
Settings.scale = 10 ** 30
print(each(70), some(60, 1), some(60, 5), nested(5, 5))
g = steps(20)
print([next(g), g.send(1), next(g), next(g), g.send("x"), *g])
