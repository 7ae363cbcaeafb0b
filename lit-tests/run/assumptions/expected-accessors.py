# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Static methods, getters and setters of properties, and default values, which a version expects in the same test as slots. Each of them
# breaks while the program runs.
import types


class Room:
    def __init__(self, width, height=2):
        self.width = width
        self.height = height

    @staticmethod
    def scaled(n, by=3):
        return n * by

    @property
    def area(self):
        return self.width * self.height

    @property
    def depth(self):
        return self._depth

    @depth.setter
    def depth(self, n):
        self._depth = n + 1

    def wider(self, by=1, also=None, half=0.5, named="ab"):
        if also is not None:
            return -1
        return self.width + by + half


def work(room, times):
    total = 0
    for n in range(times):
        total += room.area
        total += room.scaled(n)
        total += room.wider() + room.wider(2) + room.wider(by=4)
        room.depth = n
        total += room.depth
    return total


def make(n):
    total = 0
    for k in range(n):
        total += Room(k).height
    return total


room = Room(3)
print("as made", work(room, 3), make(3))

room.scaled = lambda n: 100
print("of the instance", work(room, 3))
del room.scaled
room.__dict__["area"] = 1
print("hides no property", work(room, 3))
del room.__dict__["area"]

scaled, area, depth = Room.__dict__["scaled"], Room.__dict__["area"], Room.__dict__["depth"]
Room.scaled = lambda self, n: n + self.width
print("a method", work(room, 3))
Room.scaled = staticmethod(lambda n: 7)
print("another function", work(room, 3))
Room.scaled = classmethod(lambda cls, n: len(cls.__name__))
print("of the class", work(room, 3))
Room.scaled = scaled
print("again", work(room, 3))
scaled.__init__(lambda n: 50)
print("begun anew", work(room, 3))
scaled.__init__(Room.wider)
try:
    print(work(room, 1))
except Exception as e:
    print(type(e).__name__, e)


@staticmethod
def scaled(n, by=3):
    return n * by


Room.scaled = scaled
Room.area = property(lambda self: 1000)
print("another getter", work(room, 3))
Room.area = area
area.__init__(lambda self: -1)
print("a getter begun anew", work(room, 3))
Room.area = 5
print("no property", work(room, 3))
Room.area = property(lambda self: self.width * self.height)
print("the same text", work(room, 3))
Room.depth = property(depth.fget, lambda self, n: setattr(self, "_depth", 10))
print("another setter", work(room, 3))
Room.depth = property(depth.fget)
try:
    work(room, 1)
except AttributeError as e:
    print(e)
Room.depth = depth
depth.__init__(lambda self: 0.25, depth.fset)
print("begun anew", work(room, 3))

Room.wider.__defaults__ = (100, None, 0.5, "ab")
print("other defaults", work(room, 3))
Room.wider.__defaults__ = (1, 2, 0.5, "ab")
print("a way not taken before", work(room, 3))
Room.wider.__defaults__ = (1, None, 0.5)
try:
    work(room, 1)
except TypeError as e:
    print(e)
wider = Room.wider
wider.__defaults__ = (1, None, 0.5, "ab")
print("as they were", work(room, 3))
Room.wider = types.FunctionType(wider.__code__, globals(), "wider", (30, None, 0.5, "ab"))
print("the same code with others", work(room, 3))
Room.wider = wider
Room.__init__.__defaults__ = (20,)
print("of a class", make(3))
Room.__init__.__defaults__ = None
try:
    make(1)
except TypeError as e:
    print(e)
Room.__init__.__defaults__ = (2,)
print("again", make(3))


class Lower(Room):
    @property
    def area(self):
        return super().area // 2


class Asking(Room):
    def __getattribute__(self, name):
        return 11 if name == "area" else super().__getattribute__(name)


class Writing(Room):
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)


class Slotted:
    __slots__ = ("width", "height", "_depth")
    area, depth, wider, scaled = property(Room.area.fget), depth, Room.wider, scaled

    def __init__(self, width):
        self.width, self.height = width, 2


class Named(Slotted):
    __slots__ = ("scaled",)

    def __init__(self, width):
        super().__init__(width)
        self.scaled = lambda n: 0.125


class Missing(Slotted):
    area = property(lambda self: self.nowhere)

    def __getattr__(self, name):
        return 13 if name == "area" else 17


for kind in (Room, Lower, Asking, Writing, Slotted, Named, Missing, Room):
    print(kind.__name__, work(kind(4), 3))
print("of a class itself", Room.scaled(4), [Room.scaled(n) for n in range(3)])
