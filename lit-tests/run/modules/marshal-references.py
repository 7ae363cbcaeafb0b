# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# marshal: what stands in two places is written once, from version 3 on; old versions; sets in one order; bad data.
import array
import marshal

shared = [1, 2.5]
both = marshal.loads(marshal.dumps((shared, shared)))
print(both, both[0] is both[1], [len(marshal.dumps((shared, shared), v)) for v in (2, 3)])
circle = {"list": [1]}
circle["list"].append(circle)
again = marshal.loads(marshal.dumps(circle))
print(again, again["list"][1] is again)
try:
    marshal.dumps(circle, 2)
except ValueError as e:
    print(e)
values = (1.5, 2 - 3j, "abc", "ä" * 3, "name", b"x", 10**40, -5, frozenset("a"), {"k": None}, (), True, ...)
for version in range(5):
    kept = marshal.dumps(values, version)
    print(version, marshal.loads(kept) == values, bytes(c for c in kept if c & 128 == 0)[:1])
print(marshal.dumps({"b", "a", "c", (1, "x")}, 2), marshal.dumps(array.array("b", [1, 2]), 2), marshal.dumps(3.25, 1))
print(marshal.loads(b"I\xfe\xdc\xba\x98\x76\x54\x32\x10"), marshal.loads(b"f\x041e10"))
for bad in b"l\x02\x00\x00\x00\x00\x00\x00\x00", b"r\x00\x00\x00\x00", b"c", b"q", b"", b"[\xff\xff\xff\xff", b"(\x01\x00\x00\x000":
    try:
        print(marshal.loads(bad))
    except (ValueError, EOFError, TypeError) as e:
        print(type(e).__name__, e)
for wrong in object(), [int], (1, {"a": print}):
    try:
        marshal.dumps(wrong)
    except ValueError as e:
        print(e)
head = last = []
for _ in range(1997):
    last.append([0])
    last = last[-1]
print(len(marshal.dumps(head)) > 0)
last.append([0]); last[-1].append([0]); last[-1][-1].append([0])
try:
    marshal.dumps(head)
except ValueError as e:
    print(e)

# Data that end too soon: where an object or a length of one byte is missing, and elsewhere.
for data in (b"", b"x", b"f", b"z", b"Z", b")", b"i", b"g", b"s", b"x\x03", b"f\x05ab", b"l", b"(", b")\x02", b"z\x05a", b"a", b"u", b"[", b"{", b"{i", b"Q"):
    try:
        print(marshal.loads(data))
    except (EOFError, ValueError) as error:
        print(data, type(error).__name__, error)
