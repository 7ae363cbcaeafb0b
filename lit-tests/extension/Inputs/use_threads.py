import threading, time, functions

def worker(n):
    total = 0
    for i in range(5000):
        total += functions.add(i, n)
        if i % 500 == 0:
            functions.callback(lambda x: (time.sleep(0.0001), x)[1], 3)
        if i % 1000 == 0:
            try: functions.fail(n)
            except ValueError as e: assert e.args == ("bad", n)
    totals.append(total)

totals = []
threads = [threading.Thread(target=worker, args=(k,)) for k in range(4)]
for t in threads: t.start()
worker(9)
for t in threads: t.join()
print(sorted(totals))

# While compiled code sleeps the host's threads run.
def count():
    while not done: steps.append(1), time.sleep(0.001)
steps, done = [], []
t = threading.Thread(target=count)
t.start()
functions.nap(0.3)
print(len(steps) > 20)
done.append(1)
t.join()
