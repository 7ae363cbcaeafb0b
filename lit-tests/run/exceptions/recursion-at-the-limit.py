# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The deepest frame that there may be calls nothing any more: comparisons, ranges, memberships, formats and instances are levels of CPython's
# recursion, and the error says of which kind the first one was. (Its bytecode knows ints and texts, which are none.)


class Plain:
    pass


def lists(a, b):
    if a == b:
        return
    lists(a, b)


def texts(a, b):
    if a == b:
        return
    texts(a, b)


def numbers(a, b):
    if a == b:
        return
    numbers(a, b)


def ordered(a, b):
    if b < a:
        return
    ordered(a, b)


def answered(a, b):
    equal = a == b
    return answered(a, b) or equal


def member(container, v):
    if v in container:
        return
    member(container, v)


def ranges():
    for _ in list(range(2)):
        pass
    ranges()


def formatted(v):
    f"{v}"
    formatted(v)


def specified(v):
    f"{v:>8}"
    specified(v)


def instances():
    Plain()
    instances()


def tested(v):
    isinstance(v, (int, str))
    tested(v)


def attempt(f, *args):
    try:
        f(*args)
    except RecursionError as e:
        print(f.__name__, *map(type, args), "|", e)


for _ in range(3):
    attempt(lists, [], [1])
    attempt(lists, (1,), (2,))
    attempt(lists, None, 1)
    attempt(lists, {1}, {2})
    attempt(lists, {1: 2}, {1: 3})
    attempt(lists, b"a", b"b")
    attempt(lists, int, str)
    attempt(lists, Plain(), Plain())
    attempt(texts, "a", "b")
    attempt(numbers, 1, 2)
    attempt(ordered, [1], [2])
    attempt(ordered, (1,), (2,))
    attempt(answered, [1], [2])
    attempt(answered, "a", None)
    attempt(member, [1, 2], 3)
    attempt(member, (1, 2), 3)
    attempt(member, ["a"], "b")
    attempt(member, [], 3)
    attempt(member, {1, 2}, 3)
    attempt(member, {1: 2}, 3)
    attempt(member, "abc", "d")
    attempt(ranges)
    attempt(formatted, 1)
    attempt(formatted, "a")
    attempt(formatted, 1.5)
    attempt(formatted, None)
    attempt(specified, 1)
    attempt(specified, 1.5)
    attempt(specified, "a")
    attempt(instances)
    attempt(tested, 1.5)
