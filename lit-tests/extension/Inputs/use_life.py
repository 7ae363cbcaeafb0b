import functions, classes, gc, time

def memory():
    return int(open("/proc/self/statm").read().split()[1]) * 4

def once():
    functions.callback(lambda i: [i, {"a": i}], 5)
    functions.P(1, 2).norm()
    list(functions.gen(3))
    classes.point()
    classes.MyList([1, 2]).double()
    classes.D(1, [2])
    classes.describe(classes.Derived(3))
    try: functions.fail({"x": [1]})
    except ValueError: pass

for i in range(2000): once()
before = memory()
for i in range(8000): once()
gc.collect()
print(memory() - before < 1000)

# A generator that keeps a long list is not asked about all of it at each step.
start = time.perf_counter()
print(sum(functions.over(list(range(5000)))), time.perf_counter() - start < 2)
