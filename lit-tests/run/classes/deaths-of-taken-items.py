# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# An item that only the list, tuple or dict had that it was taken out of dies as what a call gave: behind an operator it was the right
# operand of, before the variable's old value; in a method as its first variable.
class Item:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)

    def __add__(self, other):
        return Item(self.n + other.n)

    def name(self):
        last = Item(-self.n)


def taken(other):
    at = Item(50)
    at += [Item(51), other][0]
    print("list")
    at += (other, Item(52))[1]
    print("tuple")
    at += {"a": Item(53)}["a"]
    print("dict")
    at += [Item(k) for k in (54, 55)][1]
    print("comprehension")
    at += [other, at][0]
    print("another's")
    [Item(56), other][0].name()
    [Item(k) for k in (57, 58)][0].name()
    print("methods")


taken(Item(1))
