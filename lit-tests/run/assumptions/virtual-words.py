# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Instances that need not be made hold texts and large ints that nobody else has, and wait for lookups whose arguments hold some, too.
class Text:
    def __init__(self, text, number=1, mark="s"):
        self.text = text
        self.number = number
    def twice(self): return self.text + self.text
    def counted(self, other): return self.number + other.number
    def nothing(self, first, second=None): pass
    def last(self, first, second): return second

def read(n):
    out = []
    for i in range(n):
        text = Text(f"a text of number {i}").text
        others = [f"other text {i} {j}" for j in range(3)]
        out.append(text)
        out.append(Text(str(i) * 3, i).twice())
    return out
print(read(3))

def held(n):
    out = []
    for i in range(n):
        t = Text(f"a text of number {i}", i)
        others = [f"other text {i} {j}" for j in range(3)]
        if i == 2:
            Text.extra = i
        out.append(t.text + t.text)
        out.append(t.twice() if i != 3 else t.number)
        t = Text(t.text, t.number + 10 ** 20)
        out.append(t.number)
    return out
print(held(5))

def unbound(n):
    for i in range(n):
        kept = given
        not kept
        kept = 7
        number = Text(kept).text
    return number
given = 5
print(unbound(3))

def arguments(x):
    total = 0
    for i in range(3):
        total += Text(x, i).counted(Text(x, -1)) - 3
        total += Text(Text(Text(x, i)).counted(Text(x)) - 3).text
        Text(i).nothing(1, 1 % (i + 1))
        Text(x).nothing(other)
        total += len(Text(i).last(1, f"{x}{i}"))
    return total
other = []
print(arguments("x"), arguments([]), arguments(None))

class Equal:
    def __init__(self, text, n=1): self.text = text
    def __eq__(self, other): return 1 == 1
class Odd(Equal):
    def __eq__(self, other): return "neither"
def compared(cls):
    return [word == Equal(f"{word}!") for word in ("a", cls("b"), Equal("c"))]
print(compared(Equal), compared(Odd))
def compared_global(): return word == Equal(word)
for word in "a", Equal("b"), Odd("c"), None: print(compared_global())
