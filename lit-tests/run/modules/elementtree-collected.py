# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Elements and the collector: children belong to their element, with no list between them.
import copy
import gc
import pickle
import weakref
import xml.etree.ElementTree as ET


class Sub(ET.Element):
    pass


def cycle(make):
    root = ET.Element("root", a="b")
    child = Sub("child")
    make(root, child)
    child.root = root
    return weakref.ref(child)


def sliced(root, child):
    root[:] = [child]


def state(root, child):
    root.__setstate__({"tag": "root", "attrib": {}, "text": None, "tail": None, "_children": [child]})


gc.collect()
gc.disable()
for make in (ET.Element.append, lambda r, c: r.insert(0, c), lambda r, c: r.extend([c, c]), sliced, state):
    ref = cycle(make)
    print(ref() is not None, gc.collect() > 0, ref() is None)
root = ET.fromstring("<a><b/>text<c x='1'><d/></c></a>")
print([getattr(o, "tag", o) for o in gc.get_referents(root)])
for other in (copy.copy(root), copy.deepcopy(root), pickle.loads(pickle.dumps(root))):
    print(ET.tostring(other), [o.tag for o in gc.get_referents(other) if isinstance(o, ET.Element)])
    other.append(other)
    ref = weakref.ref(other)
    del other
    print(gc.collect() > 0, ref() is None)
print(any(root[0] in o for o in gc.get_objects() if type(o) is list))
gc.enable()
gc.set_threshold(10)
for _ in range(3):
    root = ET.fromstring("<a>" + "<b><c>x</c></b>" * 300 + "</a>")
    print(len(root), sum(1 for _ in root.iter()), len(gc.get_referents(root)) > 300)
root[:] = root[::2]
del root[0]
root.remove(root[-1])
root.clear()
print(len(root), root[:])
