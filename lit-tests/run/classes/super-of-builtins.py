# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# super() binds a builtin type's method: errors name the class of self. A call of super whose stars give nothing is super().
class Text(str):
    def no_keywords(self): return super().upper(x=1)
    def spread(self): return super().upper(*(), **{'x': 1})
    def no_arguments(self): return super().upper(1, 2)
    def one_argument(self): return super().join(1, 2)
    def bare_name(self): return super().startswith(x=1)
    def static(self): return super().maketrans(x=1)
    def wrapper(self): return super().__add__(1, 2)
    def unbound(self): return self.upper(x=1)
    def fine(self): return super().upper(), super().center(6, '-'), super().split('b')
    def empty_star(self): return super(*()).upper()
    def empty_iterator(self): return super(*iter(())).upper()
    def empty_stars(self): return super(*[], **{}).upper()
    def empty_mapping(self): return super(**{}).lower()
    def given(self): return super(Text, *()).upper()
    def star(self): return super(*(Text, self)).upper(x=1)
    def many(self): return super(*(Text, self), 3)
    def keyword(self): return super(**{'x': 1})
    def not_iterable(self): return super(*5)
    def not_mapping(self): return super(**5)
    def inner(self): return [super(*()) for _ in range(1)]
    def deleted(self):
        del self
        return super(*())


class Row(list):
    def append(self, item): super().append(item)
    def none(self): return super().append()
    def keyword(self): return super().append(x=1)
    def sort(self): return super().sort(1)
    def item(self): return super().__getitem__()
    def pop(self): return super().pop(1, 2, 3)


class Table(dict):
    def get(self): return super().get()
    def keyword(self): return super().get(x=1)
    def made(self): return super().fromkeys()
    def keys(self): return super().keys(1)


def other(*arguments, **named):
    return 'other', arguments, named


class Replaced:
    def m(self): return super(*()), super(*[1], **{'a': 2})


for o in Text('ab'), Row(), Table():
    for name, value in list(vars(type(o)).items()):
        if name.startswith('_') or name == 'append': continue
        for _ in range(3):
            try: print(name, getattr(o, name)())
            except (TypeError, RuntimeError, AttributeError) as e: print(name, type(e).__name__, e)

r = Row()
for i in range(5): r.append(i)
print(r)
super = other
print(Replaced().m())
