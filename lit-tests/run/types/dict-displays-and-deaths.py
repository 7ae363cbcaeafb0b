# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What a display of a dict replaces lives until the dict is whole; where one of its keys fails, all die, the last one first.


class Mortal:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, end=" ")


class Unhashable(Mortal):
    def __hash__(self):
        print("hash", self.name, end=" ")
        raise TypeError(self.name)


class Same(Mortal):
    def __hash__(self):
        print("hash", self.name, end=" ")
        return 1

    def __eq__(self, other):
        print("eq", self.name, other.name, end=" ")
        return True


def unhashable_last():
    return {Mortal(1): Mortal(2), Mortal(3): Mortal(4), Unhashable(5): Mortal(6)}


def unhashable_first():
    return {Unhashable(1): Mortal(2), Mortal(3): Mortal(4), Mortal(5): Mortal(6)}


def replaced(key):
    return {key: Mortal(1), key: Mortal(2), Same(3): Mortal(4), key: Mortal(5), Same(6): Mortal(7)}


def list_key():
    return {2: Mortal(1), 3: Mortal(2), []: Mortal(3)}


for make in (unhashable_last, unhashable_first, lambda: replaced(0), lambda: replaced(Same(0)), lambda: replaced("text"), list_key):
    for i in range(2):
        try:
            made = make()
            print("made", end=" ")
            del made
        except TypeError as e:
            print("TypeError", end=" ")
        print()
