# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A generator that has returned leaves its memory to the next one of its size: whose variables begin unbound all the same, whatever
# the first one had in its frame (counters of loops, flags of conditions) when it ended.
import asyncio


def counts(n):
    for i in range(n):
        if i == 2:
            return 7
        yield i


def counts_down(n, step):
    for i in reversed(range(0, n, step)):
        yield i
    for k in range(n):
        yield k


def flags(values):
    for a in values:
        yield (a > 1) == ((yield a) is None), a or (yield a), not a


def tries(n):
    try:
        for i in range(n):
            yield i
    finally:
        for j in range(n):
            if j:
                return


def unbound(a, which):
    if which == 1:
        x1 = a
    elif which == 2:
        x2 = a
    elif which == 3:
        x3 = x4 = a
    yield sorted(locals())
    for read in (lambda: x1), (lambda: x2):
        try:
            yield read()
        except NameError as e:
            yield str(e)
    try:
        yield x3
    except UnboundLocalError as e:
        yield str(e)
    try:
        yield x4
    except UnboundLocalError as e:
        yield str(e)


def unbound_of_size(size):
    names = [f"v{i}" for i in range(size)]
    lines = [f"def g(which):"] + [f"    if which == {i}: {name} = which" for i, name in enumerate(names)]
    lines += ["    yield", *(f"    try: yield {name}\n    except UnboundLocalError as e: yield str(e)" for name in names)]
    space = {}
    exec("\n".join(lines), space)
    return space["g"]


def u1(which):
    if which: a = 1
    try: yield a
    except UnboundLocalError as e: yield str(e)


def u2(which):
    if which: a = b = 1
    try: yield a, b
    except UnboundLocalError as e: yield str(e)
    try: yield b
    except UnboundLocalError as e: yield str(e)


def u4(which):
    if which: a = b = c = d = 1
    for read in "abcd":
        try:
            if read == "a": yield a
            if read == "b": yield b
            if read == "c": yield c
            if read == "d": yield d
        except UnboundLocalError as e: yield str(e)


def u6(which):
    if which: a = b = c = d = e = f = 1
    try: yield a
    except UnboundLocalError as x: yield str(x)
    try: yield b
    except UnboundLocalError as x: yield str(x)
    try: yield c
    except UnboundLocalError as x: yield str(x)
    try: yield d
    except UnboundLocalError as x: yield str(x)
    try: yield e
    except UnboundLocalError as x: yield str(x)
    try: yield f
    except UnboundLocalError as x: yield str(x)


async def wait(n):
    for i in range(n):
        if i == 3:
            return i
        await asyncio.sleep(0)


async def main():
    print(await asyncio.gather(*(wait(n) for n in range(6))))


for round in range(3):
    print(list(counts(5)), list(counts_down(6, 2)), list(flags([0, 1, 2])), list(tries(3)))
    for which in range(5):
        print(list(unbound(which, which)))
    for size in range(1, 14):
        list(counts(5)), list(counts_down(6, 2)), list(flags([0, 1, 2])), list(tries(3))
        print(*unbound_of_size(size)(round))
    for u in u1, u2, u4, u6:
        for f in counts, tries:
            list(f(5))
            print(*u(0))
        list(counts_down(6, 2))
        print(*u(0))
        list(flags([0, 1, 2]))
        print(*u(0))
    asyncio.run(main())
