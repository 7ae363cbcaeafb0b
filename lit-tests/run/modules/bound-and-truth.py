# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# any and all over what is true without being asked and what is not; bound methods and builtins that instances hold, called.
import io


class Asked:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print("asked", end=" ")
        return self.truth


for items in ([], [0], [1], [0, 0, False, None], [1, True, 2], [None, 0, Asked(False), 0, Asked(True), Asked(True)],
              [1, True, Asked(True), Asked(False), 0], [0, ""], [1, "x", b"", 3], [0.0, -0.0], [1, 2.5, 0.0], [[], ()], [1 << 70, 0], [True, None]):
    print(any(items), all(items), any(tuple(items)), all(tuple(items)), any(iter(items)), all(iter(items)))


class Shrinks(list):
    pass


shrinking = [0, 0, 0, 0]


class Clears:
    def __bool__(self):
        shrinking.clear()
        return False


shrinking[1] = Clears()
print(any(shrinking), shrinking, any(Shrinks([0, 1])), all(Shrinks([0, 1])))
for data in (b"", b"x", bytearray(), bytearray(b"x"), memoryview(b""), "", "x"):
    print(bool(data), "yes" if data else "no", not data, end="; ")
print()


class Frame:
    def __init__(self):
        self.text = []
        self.file = io.BytesIO()
        self.write = self.file.write
        self.append = self.text.append
        self.say = self.spoken
        self.plain = lambda a: ("plain", a)

    def spoken(self, a, b=2):
        return self, a, b


class Counting(io.BytesIO):
    pass


class Writes(io.BytesIO):
    def write(self, data):
        return super().write(data + b"!")


def drive(frame, data):
    frame.append(data)
    return frame.write(data), frame.file.tell(), frame.say(data)[1:], frame.plain(data)


for data in (b"ab", b"c"):
    frame = Frame()
    for _ in range(3):
        print(drive(frame, data))
    print(frame.file.getvalue(), frame.text)
for kind in (io.BytesIO, Counting, Writes) * 2:
    file = kind()
    for data in (b"x", b"y"):
        print(file.write(data), file.tell(), file.getvalue(), end=" ")
    if kind is Counting:
        file.write = lambda data: "own"
        print(file.write(b"z"), file.getvalue(), end=" ")
        del file.write
        Counting.write = lambda self, data: "of the class"
        print(file.write(b"z"), end=" ")
        del Counting.write
        print(file.write(b"z"), end=" ")
    for wrong in (1, "a", None):
        try:
            file.write(wrong)
        except TypeError as e:
            print(e, end=" ")
    try:
        file.write()
    except TypeError as e:
        print(e, end=" ")
    print()
