# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Dicts that stand in a call: looked up before or after, nobody can tell, unless a key or value has a say.
def tree(words):
    root = {}
    for w in words:
        node = root
        for c in w:
            node = node.setdefault(c, {})
        node["$"] = True
    return root


print(tree(["ab", "ac", "b"]))


class Key:
    def __init__(self, log):
        self.log = log

    def __hash__(self):
        self.log.append("hash")
        return 1


class Receiver:
    def __init__(self, log):
        self.log = log

    def __getattr__(self, name):
        self.log.append(name)
        return lambda *a: len(a)


def calls(log):
    r = Receiver(log)
    k = Key(log)
    return r.plain({"a": 1, 2: [k]}), r.keyed({k: 1}), r.spread({**{"a": 1}}), r.valued({"a": log.append("value")})


log = []
print(calls(log), log)


def missing(x):
    x.nothing({"a": 1})


for x in (None, 1):
    try:
        missing(x)
    except AttributeError as e:
        print(e)
try:
    missing(*[].get({}))
except AttributeError as e:
    print(e)
