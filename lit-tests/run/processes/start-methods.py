# RUN: krait-interp %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Processes by every start method; a spawned one is the same executable, which imports the program as __mp_main__.
import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import shared_memory


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Point({self.x})"


def square(n, queue=None):
    if queue is None:
        return n * n
    queue.put(n * n)


def make(n):
    return Point(n)


def fail(n):
    raise ValueError(f"no {n}")


def add(lock, name, times):
    memory = shared_memory.SharedMemory(name=name)
    for _ in range(times):
        with lock:
            memory.buf[0] += 1
    memory.close()


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = mp.get_context(method)
        queue = context.Queue()
        child = context.Process(target=square, args=(7, queue))
        child.start()
        print(method, queue.get())
        child.join()
        print(child.exitcode)
        with context.Pool(2) as pool:
            print(pool.map(square, range(5)), pool.apply(make, (3,)))
            try:
                pool.apply(fail, (1,))
            except ValueError as e:
                print("ValueError:", e)
        with ProcessPoolExecutor(2, mp_context=context) as executor:
            print(list(executor.map(make, range(3))))

    lock = mp.RLock()
    memory = shared_memory.SharedMemory(create=True, size=16)
    children = [mp.Process(target=add, args=(lock, memory.name, 20)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print(memory.buf[0])
    memory.close()
    memory.unlink()

    semaphore = mp.BoundedSemaphore(1)
    print(semaphore.acquire(), semaphore.acquire(timeout=0.01), semaphore.acquire(False))
    semaphore.release()
    try:
        semaphore.release()
    except ValueError as e:
        print(e)
    try:
        lock.release()
    except AssertionError as e:
        print(e)
    ours, theirs = mp.Pipe()
    child = mp.Process(target=theirs.send, args=({"a": [1, 2]},))
    child.start()
    print(ours.recv())
    child.join()
