# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An iterator over vars(instance) counts attributes: where one that was passed is deleted and another comes, those behind it move up.


class Point:
    def __init__(self):
        self.a = 1
        self.b = 2
        self.c = 3


def seen(change, view=vars):
    point = Point()
    names = []
    try:
        for name in view(point):
            names.append(name)
            change(point, names)
            if len(names) > 10:
                break
    except RuntimeError as e:
        names.append(str(e))
    return names


def again(point, names):
    del point.a
    point.a = 9


def another(point, names):
    if names == ['a']:
        del point.a
        point.z = 5


def middle(point, names):
    if names == ['a', 'b']:
        del vars(point)['a']
        vars(point)['d'] = 5


def last(point, names):
    if names[-1] == 'c':
        del point.c
        point.d = 1


def removed(point, names):
    delattr(point, names[-1])


def added(point, names):
    setattr(point, names[-1] + 'x', 1)


def emptied(point, names):
    vars(point).clear()


def backwards(point):
    return reversed(vars(point))


def fewer(point):
    del point.b
    return vars(point)


for change in again, another, middle, last, removed, added, emptied:
    print(change.__name__, seen(change))
    print(change.__name__, 'of two', seen(change, fewer))
for change in removed, added, emptied, lambda point, names: None:
    print('backwards', seen(change, backwards))
for name, value in vars(fewer(Point()) and Point()).items():
    print(name, value)
point = Point()
steps = iter(vars(point).values())
print(next(steps), steps.__length_hint__())
point.b = 'changed'
del point.a
point.a = 'again'
print(list(steps))
