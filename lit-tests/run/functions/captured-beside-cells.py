# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Variables that nested functions only read are locals beside their cells: the values, their deaths and their errors are those of cells.
import gc
import threading


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies:", self.name)


def stores(n):
    value = Noisy("first")
    get = lambda: value.name
    print(get(), value.name)
    value = Noisy("second")
    print(get(), value.name)
    for value in (Noisy(f"loop {i}") for i in range(n)):
        print(get(), value.name)
    print("end of stores")
    return get


def parameters(value, other):
    def show():
        return value.name + value.name + other.name
    value = Noisy("instead of it")
    print(show(), value.name, other.name)
    return show


def late(limit):
    functions = []
    for k in range(limit):
        functions.append(lambda: k)
        if k % 2:
            k += 10
    return [f() for f in functions], k


def unbound(flag):
    if flag:
        x = 1
    show = lambda: x + x
    try:
        return show(), x
    except NameError as error:
        return type(error).__name__, str(error)


def caught():
    for kind in (ValueError, KeyError):
        try:
            raise kind("oh")
        except (ValueError, KeyError) as error:
            what = lambda: repr(error)
            print(what(), error)
    try:
        return what()
    except NameError as gone:
        return str(gone)


def counter():
    count = 0
    step = 2

    def up():
        nonlocal count
        for _ in range(step):
            count += step
        return count
    return up, lambda: (count, step)


def produce(items, scale):
    def generate(extra):
        for item in items:
            yield item * scale + extra
        items.append(scale)
        yield len(items), scale
    return generate


def recursion(limit, table):
    def walk(n):
        if n > limit:
            return table[limit % 3] + table[0]
        table[n % len(table)] += 1
        return walk(n + 1) + limit
    return walk(0)


def classes(base, label):
    class Made(base):
        text = label

        def both(self):
            return label + label + self.text + base.__name__ + base.__name__
    label = label.upper()
    return Made().both(), label


def cycles():
    node = Noisy("in a cycle")
    node.me = lambda: (node.name, node)
    return node.name


def grows(parts):
    text = ""
    for part in parts:
        text += part
    size = 0
    for part in parts:
        size = size + len(part) + 0.5
    return (lambda: (text, size, text, size))(), text, size


def shared(n):
    seen, lock = [], threading.Lock()
    def work(k):
        for i in range(k, n, 3):
            with lock:
                seen.append(i)
    threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(seen) == list(range(n)), len(seen)


def closed(resource):
    def read():
        try:
            for _ in range(3):
                yield resource.name, resource.name
        finally:
            print("closing", resource.name)
    return read()


get = stores(2)
print(get())
del get
show = parameters(Noisy("given"), Noisy("other"))
print(show())
del show
print(late(4), unbound(True), unbound(False), caught())
up, look = counter()
print(up(), up(), look())
numbers = [1, 2.5, "x"]
print(list(produce(numbers, 2)(0) if all(isinstance(n, (int, float)) for n in numbers) else produce([1, 2.5], 2)(1)))
print(recursion(5, [1, 2.0, 3]), classes(dict, "name"), grows(["ab", "c"]), shared(50))
print(cycles())
gc.collect()
generator = closed(Noisy("resource"))
print(next(generator))
generator.close()
del generator
print("end")
