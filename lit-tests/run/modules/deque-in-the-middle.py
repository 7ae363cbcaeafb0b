# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What is inserted into a deque or taken out of it moves the side that is shorter; compared with a list all along.
import random
from collections import deque

random.seed(7)
for bound in (None, 40):
    d, model = deque(maxlen=bound), []
    for step in range(6000):
        kind = random.randrange(8)
        i = random.randrange(-len(model) - 2, len(model) + 3)
        if kind < 3:
            try:
                d.insert(i, step)
                model.insert(i, step)
            except IndexError as error:
                assert str(error) == "deque already at its maximum size" and len(model) == bound
                d.popleft()
                model.pop(0)
        elif kind == 3 and model:
            d.append(step)
            model.append(step)
            if bound and len(model) > bound:
                model.pop(0)
        elif kind == 4 and model:
            d.rotate(i)
            k = i % len(model)
            model = model[-k:] + model[:-k] if k else model
        elif kind == 5 and model:
            v = random.choice(model)
            d.remove(v)
            model.remove(v)
        elif kind > 5 and model and -len(model) <= i < len(model):
            del d[i]
            del model[i]
        assert list(d) == model, (step, kind, i)
    print(len(d), sum(d) % 1000, list(d)[:5])

d = deque(range(10))
it = iter(d)
next(it)
for change in (lambda: d.insert(1, "x"), lambda: d.remove("x"), lambda: d.__delitem__(1)):
    it = iter(d)
    next(it)
    change()
    try:
        next(it)
    except RuntimeError as error:
        print(error, list(d))
