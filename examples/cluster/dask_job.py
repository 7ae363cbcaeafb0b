"""A Dask cluster: words counted in texts that are made of a seed, merged in a tree of tasks, and functions sent by value.

    dask_job scheduler PORT                   serves until it is told to stop
    dask_job worker ADDRESS NAME              works for the scheduler there
    dask_job submit ADDRESS WORKERS TEXTS     waits for the workers, sends the job, prints the report, and on standard error how long it took
"""
import asyncio
import sys
import time

from distributed import Client, Scheduler, Worker, as_completed
from texts import count_words, make_text, merge


async def serve_scheduler(port):
    async with Scheduler(host="127.0.0.1", port=port, dashboard=False) as scheduler:
        await scheduler.finished()


async def serve_worker(address, name):
    async with Worker(address, name=name, nthreads=1, dashboard=False, local_directory=f"dask-{name}") as worker:
        await worker.finished()


def submit(address, workers, texts):
    with Client(address) as client:
        client.wait_for_workers(workers)
        begin = time.perf_counter()
        parts = [client.submit(count_words, client.submit(make_text, seed)) for seed in range(texts)]
        for done, _ in enumerate(as_completed(parts), 1):
            if done == texts // 2:
                print("half done", file=sys.stderr, flush=True)
        while len(parts) > 1:
            parts = [client.submit(merge, parts[at:at + 4]) for at in range(0, len(parts), 4)]
        counts = parts[0].result(timeout=300)
        print(f"job: {time.perf_counter() - begin:.2f} s", file=sys.stderr)
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:10]:
            print(f"{count:8} {word}")
        print(f"{sum(counts.values())} words, {len(counts)} of them different")

        scale = 3  # goes with the function

        def scaled(number):
            return number * scale

        begin = time.perf_counter()
        messages = 1000
        answers = client.gather(client.map(scaled, range(messages)))
        print(f"small tasks: {messages / (time.perf_counter() - begin):.0f} /s", file=sys.stderr)
        print("every message was answered:", answers == [3 * number for number in range(messages)])
        print("by value:", client.submit(lambda *numbers: sorted(numbers, key=lambda n: -n), 3, 1, 2).result(timeout=60))


def main():
    if sys.argv[1] == "scheduler":
        asyncio.run(serve_scheduler(int(sys.argv[2])))
    elif sys.argv[1] == "worker":
        asyncio.run(serve_worker(sys.argv[2], sys.argv[3]))
    else:
        submit(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))


if __name__ == "__main__":
    main()
