# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A generator's frame lets go of its caller when it ends, by an error too; calls made by it stay.

def entries(entry):
    if entry:
        frame, line = entry.tb_frame, ""
        while frame:
            line, frame = line + " " + frame.f_code.co_name, frame.f_back
        print("   ", line)
        entries(entry.tb_next)


def deep(): raise ValueError
def gen():
    yield 1
    deep()
def outer():
    yield from gen()
def use(g):
    for x in g(): pass
for g in gen, outer:
    try: use(g)
    except ValueError as e: entries(e.__traceback__)
try: list(gen())
except ValueError as e: entries(e.__traceback__)
try: sum(1/0 for x in 'a')
except ZeroDivisionError as e: entries(e.__traceback__)
async def co(): deep()
async def co2(): await co()
try: co2().send(None)
except ValueError as e: entries(e.__traceback__)
async def ag():
    yield 1
    deep()
async def co3():
    async for x in ag(): pass
try: co3().send(None)
except ValueError as e: entries(e.__traceback__)
def catching():
    try: use(outer)
    except ValueError as e: entries(e.__traceback__); yield
next(catching())
