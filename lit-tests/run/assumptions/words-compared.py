# RUN: krait run %s | diff %s.out -
# RUN: krait run -O1 --verify-each %s | diff %s.out -
# Methods that compare values of which nothing is guessed are done in place while comparing runs nothing: numbers, texts, None,
# tuples, instances that leave it to object. All others have their say, each time they are asked.


class Item:
    def __init__(self, value):
        self.value = value

    def same(self, other):
        return self.value == other

    def differs(self, other):
        if self.value != other:
            return "differs"
        return "same"

    def before(self, other):
        return self.value < other.value

    def atmost(self, other):
        if self.value <= other.value:
            return 1
        return 0


class Plain:
    pass


class Loud:
    def __init__(self, name):
        self.name = name

    def __getattribute__(self, name):
        return object.__getattribute__(self, name)


class Text(str):
    pass


def own(self, other):
    print("asked", type(other).__name__)
    return "yes"


def ask(items, others):
    for item in items:
        print([item.same(other) for other in others])
        print([item.differs(other) for other in others])


def sort(items):
    count = 0
    for a in items:
        for b in items:
            try:
                if a.before(b):
                    count += 1
                count += 10 * a.atmost(b)
            except TypeError as error:
                print(error)
    return count


nan = float("nan")
plain = Plain()
values = [1, 1.0, True, 0, -0.0, 0.0, 1 << 70, "a", "a" * 3, b"a", None, (1, "a"), (1, (2, nan)), [1, 2], {1}, {1: 2}, nan, plain, Plain, 1j, 2**53 + 1, float(2**53)]
ask([Item(v) for v in values], values)
ask([Item("aa" + "a"), Item(1 << 70), Item((1, (2, nan))), Item((1, (2, float("nan")))), Item([1, 2])], values)

grown = [1]
item = Item(grown)
for n in range(3):
    print(item.same([1, 0]), item.differs([1]))
    grown.append(n)

numbers = [1, 2.5, 3, -0.0, 0, 2**53, 2**53 + 1, float(2**53), 1 << 80, float("inf"), nan, True]
print(sort([Item(v) for v in numbers]))
print(sort([Item(v) for v in ["b", "a", "c"]]))
print(sort([Item(v) for v in [(1, 2), (1,), [3]]]))

# What is compared gets a say, and loses it.
print(Item(plain).same(plain), Item(plain).same(Plain()), Item(plain).differs(None))
Plain.__eq__ = own
ask([Item(plain)], [plain, None, 1, Plain()])
print(Item(1).same(plain), Item(None).differs(plain))
del Plain.__eq__
ask([Item(plain)], [plain, None, 1])
Plain.__ne__ = own
ask([Item(plain)], [plain, None])
plain.__class__ = Loud
print(Item(plain).same(plain), Item(plain).same(None))
text = Text("a")
print(Item(text).same("a"), Item("a").same(text), Item(text).differs("a"))
Text.__eq__ = own
print(Item(text).same("a"), Item("a").same(text), Item(text).differs("b"))


class Raises:
    def __eq__(self, other):
        raise ValueError("no")

    def __lt__(self, other):
        return other


try:
    Item(1).same(Raises())
except ValueError as error:
    print(error)
print(Item(Raises()).before(Item([])), Item(Raises()).before(Item("x")))

# Deaths are those of the call.
class Dies:
    def __del__(self):
        print("dies")


print(Item(Dies()).same(Dies()), "after")
