"""A job for Celery's workers: prime factors of numbers, counted in blocks, and a report that does not depend on who did which.

    celery_job worker NAME              serves tasks until it is told to stop
    celery_job submit WORKERS BLOCKS    waits for the workers, sends the blocks, prints the report, and on standard error how long it took
"""
import os
import sys
import time
from collections import Counter

from celery import Celery, group

app = Celery("celery_job", broker=os.environ["CLUSTER_REDIS"] + "/0", backend=os.environ["CLUSTER_REDIS"] + "/1")
app.conf.update(
    task_acks_late=True,  # a task whose worker died is given to another
    task_reject_on_worker_lost=True,
    broker_transport_options={"visibility_timeout": 2},  # seconds
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
)
BLOCK = 20_000


def factors(number):
    found = []
    divisor = 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 1 if divisor == 2 else 2
    if number > 1:
        found.append(number)
    return found


@app.task
def count_block(block):
    """How many numbers of the block have 1, 2, 3, … prime factors."""
    counts = Counter(len(factors(number)) for number in range(block * BLOCK + 2, (block + 1) * BLOCK + 2))
    return [block, sorted(counts.items())]


@app.task
def add_up(parts):
    total = Counter()
    for _, counts in parts:
        for length, count in counts:
            total[length] += count
    return sorted(total.items())


@app.task
def nothing(number):
    return number


def submit(workers, blocks):
    while len(app.control.ping(timeout=0.5)) < workers:
        pass
    begin = time.perf_counter()
    parts = []
    for answer in group(count_block.s(block) for block in range(blocks))().results:
        parts.append(answer.get(timeout=300))
        if len(parts) == blocks // 2:
            print("half done", file=sys.stderr, flush=True)
    report = add_up.delay(parts).get(timeout=300)
    print(f"job: {time.perf_counter() - begin:.2f} s", file=sys.stderr)
    for length, count in report:
        print(f"{count:8} numbers with {length} prime factors")
    print(f"{sum(count for _, count in report)} numbers in all")
    begin = time.perf_counter()
    messages = 1000
    answers = group(nothing.s(number) for number in range(messages))().get(timeout=300)
    print(f"small tasks: {messages / (time.perf_counter() - begin):.0f} /s", file=sys.stderr)
    print("every message was answered:", answers == list(range(messages)))


def main():
    if sys.argv[1] == "worker":
        app.worker_main(["worker", f"--hostname={sys.argv[2]}@%h", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"])
    else:
        submit(int(sys.argv[2]), int(sys.argv[3]))


if __name__ == "__main__":
    main()
