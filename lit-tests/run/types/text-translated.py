# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# str.translate by tables of every sort: what they have not, and what asking them raises.
from collections import ChainMap, defaultdict


class Evil:
    def __init__(self, code, error):
        self.code, self.error = code, error

    def __hash__(self):
        return hash(self.code)

    def __eq__(self, other):
        raise self.error


class Missing(dict):
    def __missing__(self, key):
        return chr(key).upper() if key % 2 else None


tables = {
    "dict": {ord("a"): "AA", ord("é"): None, ord("日"): 0x672C, 0x1F600: "smile", ord("z"): "é"},
    "empty": {},
    "missing": Missing({ord("é"): "e"}),
    "default": defaultdict(lambda: "?", {ord("é"): "e"}),
    "chain": ChainMap({ord("é"): "e"}, {ord("a"): "b"}),
    "list": ["%02x" % i for i in range(100)],
    "text": "x" * 98 + "ABC",
    "lookup": {Evil(ord("é"), KeyError("lookup")): 1, ord("a"): "b"},
    "value": {Evil(ord("é"), ValueError("value")): 1, ord("a"): "b"},
    "number": {ord("a"): 5.5},
    "range": {ord("é"): 0x110000},
    "none": None,
}
for name, table in tables.items():
    for text in ("", "abc", "aé", "日本aéz", "😀a😀", "日" * 3 + "a"):
        try:
            print(name, ascii(text.translate(table)))
        except Exception as error:
            print(name, ascii(text), type(error).__name__, error)
