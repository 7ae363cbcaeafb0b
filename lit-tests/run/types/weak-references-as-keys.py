# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Dicts and sets whose keys are weak references, which another one to the same object finds: also where objects have an == of their own, share a hash,
# or are gone, and where the key is of a class derived from ref.
import weakref


class Plain:
    pass


class Same:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        print(self.name, "==", other.name)
        return self.name[0] == other.name[0]


class Ref(weakref.ref):
    pass


p, q = Plain(), Plain()
d = {weakref.ref(p, lambda r: None): "p", weakref.ref(q, lambda r: None): "q"}
print(d[weakref.ref(p)], d[weakref.ref(q)], d[Ref(p)], weakref.ref(Plain) in d, {weakref.ref(p, print)} == {weakref.ref(p)})
a, b, c = Same("a1"), Same("b1"), Same("a2")
d = {weakref.ref(a, lambda r: None): "a", weakref.ref(b, lambda r: None): "b"}
print(d[weakref.ref(a)])
print(d[weakref.ref(b)])
print(d[weakref.ref(c)])
other = Same("b3")
print(weakref.ref(other) in d)
gone = weakref.ref(p, lambda r: None)
hash(gone)
d = {gone: 1}
del p
print(gone() is None, d[gone], weakref.ref(q) in d)
try:
    d[weakref.ref(Plain())]
except TypeError as e:
    print("TypeError", e)
for arguments in ((), (1,), (q, None, 3)):
    try:
        print(weakref.ref(*arguments))
    except TypeError as e:
        print("TypeError", e)
try:
    weakref.ref()
except TypeError as e:
    print("TypeError", e)
for keywords in ({"object": q}, {"callback": print}):
    try:
        weakref.ref(*([q] if "callback" in keywords else []), **keywords)
    except TypeError as e:
        print("TypeError", e)
print(weakref.ref.__new__(weakref.ref, q, callback=1) is weakref.ref(q))
print(weakref.ref(q) is weakref.ref(q), weakref.ref(q, None) is weakref.ref(q), Ref(q) is Ref(q), type(Ref(q)).__name__)
w = weakref.WeakKeyDictionary({q: 1, Plain: 2})
print(w[q], w[Plain], q in w, b in w, len(w))
