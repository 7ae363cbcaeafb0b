# RUN: krait run -O2 %s | diff %s.out -
# Several threads use the guest, and are called back by it.
import threading
import numpy as np

results = {}


def work(n):
    a = np.arange(1000) + n
    results[n] = int(np.vectorize(lambda x: x % 7)(a).sum())


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results.items()))
lock = threading.Lock()
count = 0


def add(x):
    global count
    with lock:
        count += 1
    return x


def many():
    for _ in range(20):
        np.apply_along_axis(add, 0, np.ones((2, 5)))


threads = [threading.Thread(target=many) for _ in range(4)]
for t in threads:
    t.start()
many()
for t in threads:
    t.join()
print(count)
errors = []


def fails():
    try:
        np.linalg.inv(np.zeros((2, 2)))
    except np.linalg.LinAlgError as e:
        errors.append(str(e))


threads = [threading.Thread(target=fails) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(errors)
