import sys
from math import pi as PI


def area(radius, /, *, scale=1):
    return PI * radius ** 2 * scale
    print("done")


def forever():
    while True:
        if input():
            continue
    return 1


def both(x):
    if x:
        return 1
    else:
        raise ValueError
    x = 2


def generator():
    return
    yield


class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y


area()
area(1, 2)
area(radius=1)
area(1, size=2)
area(1, scale=2)
Point()
Point(1, 2, 3)
Point(1, x=1)
Point(*[1, 2])
both(**{"x": 1})

undefined
len(undefined_too)
try:
    unicode
except NameError:
    unicode = str
if sys.version_info < (3,):
    text = basestring
lambda: __name__ + __file__

"%d %s" % (1,)
"%(a)s" % {"b": 1}
"%y" % 1
"100%" % ()
"%s %%" % 1
"%*d" % (3, 4)
"%(a)s" % (1,)
"{} {}".format(1)
"{a}".format(b=1)
"{0} {}".format(1, 2)
"{".format()
"{{}} {0[}]} {1:{2}} {k.x!r:>{w}}".format([], 1, 2, k=1, w=2)
