# RUN: krait-interp %s | diff %s.out -
# Whoever looks through all modules imports _asyncio before asyncio, which imports it again.
import _asyncio
import asyncio

print(asyncio.Future is _asyncio.Future, asyncio.Task is _asyncio.Task)
print(asyncio.run(asyncio.sleep(0, "slept")))
