# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The tuple that zip makes is older than the items made for it, as their deaths at the end show.
class Named:
    def __init__(self, name): self.name = name
    def __del__(self): print('gone', self.name)


class Makes:
    def __init__(self, name): self.name, self.i = name, 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return Named(f'{self.name}{self.i}')


pairs = zip(Makes('a'), Makes('b'))
first = next(pairs)
first = next(pairs)
del pairs
triples = zip(Makes('c'), Makes('d'), Makes('e'))
held = [next(triples), next(triples)]
del triples
for pair in zip(Makes('f'), range(2)): pass
rows = list(zip(Makes('g'), [1, 2, 3]))
print(len({id(r) for r in rows}), rows[0] is rows[1])
rows.pop(0)
print('end')
