# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Look-ups of keys that do not stand where their hash points first, or whose hash is not known yet, or has changed.


class Key:
    def __init__(self, name, hash):
        self.name = name
        self.hash = hash

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        print("eq", self.name, other.name)
        return self.name == other.name

    def __repr__(self):
        return self.name


def asked(d, key):
    found = [key in d, d.get(key, "none")]
    try:
        found.append(d[key])
    except KeyError:
        found.append("KeyError")
    return found


def collisions():
    d = {8 * i: i for i in range(5)}
    print([asked(d, 8 * i) for i in range(-1, 6)])
    large = {1024 * i: i for i in range(300)}
    print(sum(large[1024 * i] for i in range(300)), asked(large, 1024 * 300), asked(large, -1), asked(large, -2))
    huge = {65536 * i: i for i in range(40000)}
    print(sum(huge[65536 * i] for i in range(0, 40000, 7)), asked(huge, 1))
    del d[0], d[8]
    print([asked(d, 8 * i) for i in range(5)])
    big = {2**61 - 1: "m", 0: "0", 2**61: "m+1"}
    print(asked(big, 2**61 - 1), asked(big, 0), asked(big, 1), asked(big, -(2**61 - 1)), asked({-2: "a"}, -1), asked({-1: "b"}, -2))


def changed_hash():
    a, b = Key("a", 0), Key("b", 1)
    d = {a: 1, b: 2}
    a.hash = 8  # the same first slot: the very object is found
    print(asked(d, a), asked(d, Key("a", 0)), asked(d, Key("a", 8)))
    a.hash = 3
    print(asked(d, a))
    e = {Key("x", 5): "x", Key("y", 5): "y", Key("z", 13): "z"}
    for name, hash in ("x", 5), ("y", 5), ("z", 13), ("z", 5), ("w", 13):
        print(name, hash, asked(e, Key(name, hash)))


def fresh(words):
    d = {}
    for word in words.split():
        d[word] = d.get(word, 0) + 1
    for word in words.split() + ["not there", "the" + "m"]:
        print(word, asked(d, word), asked(d, word + ""), end=" ")
    print()
    pairs = {}
    parts = words.split()
    for key in zip(parts, parts[1:]):
        pairs[key[0], key[1]] = pairs.get((key[0], key[1]), 0) + 1
    print(pairs)
    print(asked(pairs, (parts[0], parts[1])), asked(pairs, (parts[0],)), asked(pairs, (parts[1], 1.5)), asked({(1, 1.5): 2}, (1, 1.5)))
    for key in [], ("a", []):
        try:
            key in pairs
        except TypeError as e:
            print(e)


def names():
    global first, second
    first, second = 1, 2
    g = globals()
    print(asked(g, "first"), asked(g, "sec" + "ond"[:3]), asked(g, "thi" + "rd"[:2]))
    del first
    print(asked(g, "first"))


collisions()
changed_hash()
fresh("the quick brown fox jumps over the lazy dog because the quick brown fox is a-rather-long-word-of-more-than-sixteen")
names()
