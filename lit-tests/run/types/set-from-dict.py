# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A set of a dict's keys takes their hashes from the dict; equal ones are asked, and may do what they like.


class Key:
    def __init__(self, n, group): self.n, self.group = n, group
    def __hash__(self):
        print("hash", self.n)
        return self.group
    def __eq__(self, other):
        print("eq", self.n, other.n if isinstance(other, Key) else other)
        return isinstance(other, Key) and self.n == other.n
    def __repr__(self): return f"K{self.n}"


d = {Key(1, 7): 0, Key(2, 7): 0, Key(3, 8): 0}
print("made")
print(sorted(set(d), key=repr))
s = {Key(2, 7)}
print("update")
s.update(d)
print(sorted(s, key=repr), len(s | set(d)))

numbers = {i * 17 % 101: i for i in range(100)}
print(len(set(numbers)), set(numbers) == set(range(101)) - {84}, sum(frozenset(numbers)))
words = {"w%d" % (i % 30): i for i in range(90)}
print(len(set(words)), sorted(set(words))[:4])
mixed = {1: "a", 2.5: "b", (1, 2): "c", None: "d", "x": "e", b"y": "f", 10 ** 30: "g"}
print(len(set(mixed)), all(k in set(mixed) for k in mixed))
for k in list(words)[::2]: del words[k]
print(len(set(words)), sorted(set(words))[-3:])


class Raising:
    def __hash__(self): return 7
    def __eq__(self, other): raise ValueError("not to be compared")


d = {Raising(): 1}
try:
    s = {7}
    s.update(d)
except ValueError as e:
    print(e, s)


class Changing:
    def __hash__(self): return 5
    def __eq__(self, other):
        target.clear()
        return False


target = {5, 6}
target.update({Changing(): 1, "more": 2})
print(sorted(map(lambda v: type(v).__name__, target)))
