# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Numbers that are objects of their own die where a number takes their place in a list, though what was read from there is still looked at;
# and objects that two places hold which one call stores into.


def rotate(items, n):
    out = []
    for k in range(n):
        x = k * 0.25
        items[0], before = x, items[0]
        out.append(before)
        items[1], other = x * 1e300, items[1]
        out.append(other)
        items[0] = x * 1e305
    return out


def thrice(items, n):
    out = []
    for k in range(n):
        x = k * 0.25
        y = x * 1e305
        items[0], before, z = x, items[0], y * 2.0
        out.append((before, z))
        items[0] = y
    return out


def take(cells, n):
    out = []
    for i in range(n):
        cells[i], value = 0, cells[i]
        large = (i + 2) ** 90
        out.append(value)
    return out, large


for first in (1e300, 2**70, "x" * 5, 7):
    print(rotate([first, 1, 2.5], 30))
    print(thrice([first, 1, 2.5], 30))
print(take([2**100 + i for i in range(6)], 6))


class Loud:
    def __init__(self, heard, number):
        self.heard = heard
        self.number = number

    def __del__(self):
        self.heard.count = 1000 + self.number


class Holder:
    def __init__(self):
        self.first = 0
        self.second = 0
        self.third = 0
        self.count = 0
        self.items = [0, 0]

    def both(self):
        self.first = 1
        self.second = 2
        return self.count

    def all_three(self):
        self.first = 1
        self.second = 2
        self.third = 3
        return self.count

    def one_and_item(self):
        self.first = 1
        self.items[0] = 5
        return self.count

    def own_and(self, other):
        self.first = 1
        other.first = 2
        return self.count


def run(holder, other, n):
    total = 0
    for i in range(n):
        holder.count = 0
        loud = Loud(holder, i)
        holder.first = loud
        holder.second = loud
        loud = None
        total += holder.both()
        total += holder.count
        holder.count = 0
        loud = Loud(holder, i)
        holder.first = loud
        holder.second = loud
        holder.third = loud
        loud = None
        total += holder.all_three() * 2
        holder.count = 0
        loud = Loud(holder, i)
        holder.first = loud
        holder.items[0] = loud
        loud = None
        total += holder.one_and_item() * 3
        holder.count = 0
        loud = Loud(holder, i)
        holder.first = loud
        other.first = loud
        loud = None
        total += holder.own_and(other) * 7
    return total


print(run(Holder(), Holder(), 5))
print(run(Holder(), Holder(), 300))
