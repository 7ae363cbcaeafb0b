# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# An object that is made in place, and put both into an attribute and into a list, or into an object and an attribute.
class Record:
    def __init__(self, kind, link):
        self.kind = kind
        self.link = link

class Area:
    def __init__(self):
        self.last = None
        self.table = [None] * 10

area = Area()

class Task:
    def __init__(self, number, record):
        self.number = number
        self.record = record
        self.next = area.last
        area.last = self
        area.table[number] = self

def make(n):
    for i in range(n):
        Task(i % 10, Record(i, None))
    return area.last.number, [t and t.record.kind for t in area.table]

print(make(3))
print(make(25))
class Loud:
    def __del__(self): print('dies')
area.table[1] = Loud()
print(make(2))

class Traces:
    def __init__(self, traces):
        self.traces = traces
        seen.last = self

class Seen:
    last = None
    def __init__(self): self.last = None

class Snapshot:
    def __init__(self, traces, limit):
        self.traces = Traces(traces)
        self.limit = limit

seen = Seen()

def filtered(n):
    found = None
    for i in range(n):
        found = Snapshot([i], 3)
    return found

class Keeper:
    def filtered(self, some):
        return Snapshot(some, 4)

print(filtered(3).traces is seen.last, seen.last.traces)
kept = Keeper().filtered((1, 2))
print(kept.traces is seen.last, seen.last.traces, kept.limit)
