# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an expression has read of a local is there behind a suspension: the frame keeps it, raw or not.


async def get(value):
    return value


def ask(value):
    got = yield value
    return got


async def total_then_awaited(n):
    total = 0
    for i in range(n):
        total += i
    return total + await get(n)


async def awaited_in_the_loop(values):
    total = 0
    for value in values:
        total = total + await get(value)
    return total


async def floats(n):
    total = 0.5
    for i in range(n):
        total += i * 0.25
    return total * await get(2), total, total - await get(total)


async def chained(n):
    total = 0
    for i in range(n):
        total += 1
    low = total - 1
    return low < await get(total) < await get(n + 1), [total, await get(low), low]


def yielded(n):
    total = 0
    for i in range(n):
        total += i
    for i in range(2):
        total = total + (yield total) + i
    return total * (yield from ask(-total))


def objects(n):
    text = ""
    for i in range(n):
        text += str(i)
    return text + (yield text) + text


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def drive(generator, answers):
    seen = [next(generator)]
    try:
        for answer in answers:
            seen.append(generator.send(answer))
    except StopIteration as stop:
        seen.append(stop.value)
    return seen


for n in (0, 3, 100):
    print(run(total_then_awaited(n)), run(floats(n)), run(chained(n)))
    print(drive(yielded(n), [1, 2, 3]), drive(yielded(n), [1.5, 2**70, 3]), drive(objects(n % 7), ["x"]))
print(run(total_then_awaited(3)), run(awaited_in_the_loop([1, 2.5, 2**64])), run(awaited_in_the_loop(range(20))))
try:
    run(awaited_in_the_loop([1, "a"]))
except TypeError as error:
    print(error)
# Given up in the middle: the frame dies with what it keeps.
half = objects(5)
print(next(half))
half.close()
half = yielded(5)
print(next(half), half.send(2**80))
del half
