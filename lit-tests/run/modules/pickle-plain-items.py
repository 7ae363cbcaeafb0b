# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _pickle: small ints, None and short texts are put without questions; what changes the answer meanwhile is heard.
import hashlib
import io
import pickle


def show(what, data):
    print(what, len(data), hashlib.md5(data).hexdigest())


texts = ["text%d" % i for i in range(600)]
values = {
    "ints": [0, 1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -1, -256, -2**31, -2**31 - 1, 2**62, 2**63, 10**30],
    "borders of frames": list(range(70000)),
    "none": [None] * 66000,
    "texts": texts + texts[:300],
    "long texts": ["x" * n for n in (0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 254, 255, 256, 257)] * 2,
    "others": ["é", "日本", "\ud800", "a\0b", "x" * 70000, "tail", 1, None],
    "dict": {t: i for i, t in enumerate(texts)} | dict.fromkeys(range(1000)) | {None: True, 2.5: "x" * 300},
    "nested": [{"a": [i, None, str(i), {"b": texts[i % 600]}]} for i in range(3000)],
    "tuples": [(i, None, True, texts[i % 9]) for i in range(1500)],
}
for name, v in values.items():
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        if protocol == 0 and name == "others":
            continue
        data = pickle.dumps(v, protocol)
        show(f"{name} {protocol}", data)
        if pickle.loads(data) != v:
            print("differs")


class File:
    def __init__(self):
        self.parts = []

    def write(self, data):
        self.parts.append(len(data))
        return len(data)


for protocol in (2, 4):
    f = File()
    p = pickle.Pickler(f, protocol)
    for name in ("borders of frames", "texts", "ints", "texts"):
        p.dump(values[name])
    p.clear_memo()
    p.dump(values["texts"])
    p.fast = True
    p.dump(values["texts"] + [1, None])
    print(protocol, f.parts)


class Starts:
    """Its reduction sets a persistent_id on the pickler that is at work."""

    def __reduce__(self):
        pickler.persistent_id = lambda v: "id" if v == 7 or v == "seven" else None
        return int, ()


for protocol in (1, 2, 3, 4, 5):
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol)
    pickler.dump([7, "seven", None, Starts(), 7, "seven", None, 8])
    show(f"persistent {protocol}", out.getvalue())
    out.truncate(0)
    pickler.persistent_id = lambda v: None
    pickler.dump([7, "seven", None])
    show(f"then {protocol}", out.getvalue())


class Shrinks:
    def __init__(self, owner):
        self.owner = owner

    def __reduce__(self):
        self.owner.clear()
        return int, ()


for owner in ([1, None], {1: 2}):
    if isinstance(owner, list):
        owner += [Shrinks(owner), "after", "x" * 3]
    else:
        owner[2] = Shrinks(owner)
        owner["k"] = "v"
    try:
        print(pickle.loads(pickle.dumps(owner)))
    except RuntimeError as e:
        print(type(e).__name__, e)


class Key:
    """A key whose reduction lets go of its value."""

    def __hash__(self):
        return 1

    def __reduce__(self):
        table[self] = None
        return str, ("key",)


table = {Key(): ["".join(["un", "shared"])]}
print(pickle.loads(pickle.dumps(table)))
f = io.BytesIO(pickle.dumps([texts, texts[5], {"a": texts}]))
u = pickle.Unpickler(f)
print(len(u.load()), len(u.memo.copy()))
