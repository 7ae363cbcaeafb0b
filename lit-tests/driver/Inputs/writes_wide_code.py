"""Writes a program whose expressions are further right, or longer, than a packed span holds (PackedSpan in runtime/abi/code.h)."""
right = "x = 0; " + "y = 1; " * 10000
tall = "".join(f"        {i},\n" for i in range(300))
print(f"""import sys
import traceback


def far_right(n):
    {right}return n / x


def tall(n):
    return sum([
{tall}        n / 0,
    ])


def many(n):
    # More calls than a few bytes count.
{"".join(f'    n = abs(n) + len("{i}")' + chr(10) for i in range(400))}    return n // 0


def both(n):
    return [tall(n) if n == 1 else far_right(n) if n == 2 else many(n) for _ in "a"]


for n in 1, 2, 3:
    try:
        both(n)
    except ZeroDivisionError as e:
        entry = e.__traceback__
        while entry.tb_next:
            entry = entry.tb_next
        lines = traceback.format_exception(e)
        print([line[:60] for line in "".join(lines).splitlines()][-5:])
        print(entry.tb_lineno, list(entry.tb_frame.f_code.co_positions())[-1][:2], sum(len(line) for line in lines))


def caller(k):
    return sys._getframe(k).f_lineno


def calls(n):
    total = 0
{"".join(f'    total += caller(1) - {i}' + chr(10) for i in range(200))}    return total


print(calls(1))
""")
