"""A program to stop in."""
total = 0
stock = {"nut": 2.5, "bolt": (1, None)}


class Item:
    kind = "thing"
    __slots__ = ("name", "__dict__")

    def __init__(self, name):
        self.name = name
        self.price = stock[name]

    def cost(self, count, *, rate=1.5):
        global total
        gross = self.price * count * rate
        total = total + gross
        return gross


class Words(list):
    pass


class Broken(ValueError):
    pass


def numbers():
    n = yield 1
    yield n


def show(text, items, big, error, generator):
    point = text, items, big
    return point


def main():
    item = Item("nut")
    cost = item.cost(4)
    cycle = [1.5, -0.0, float("inf")]
    cycle.append(cycle)
    words = Words(["a", b"b\x00"])
    words.mark = True
    items = [item, cycle, words, {3}, frozenset(), Item.cost, len, item.cost, Item, ..., range(3), 2 - 1j, "q" * 300]
    show("h\u00e9\u20ac", items, -2 ** 100, Broken("no", 1), numbers())
    return cost


main()
