# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What both sides have of a list or dict keeps its items when it crosses again: only what has changed is made anew.
import datetime
import fractions
import numpy as np

days = [datetime.date(2020, 1, day) for day in (1, 2, 3)]
kept = list(days)
made = np.array(days, dtype=object)
np.array(days)
print(all(a is b for a, b in zip(days, kept)))
names = vars(np)
import inspect
import importlib.machinery
print(np.isnan(np.core.numeric.nan), np.nan_to_num([np.nan, 1.0]), inspect.ismodule(np))


box = np.empty(3, dtype=object)
half, pair = fractions.Fraction(1, 2), (1, datetime.date(2021, 1, 1))
ours = [half, days[0], "text"]
table = {"half": half, "pair": pair, "kind": int, "size": len, (1, 2): 1.5, "z": 2j}
box[0], box[1] = ours, table
np.sum([1, 2])
print(ours[0] is half, table["half"] is half, table["pair"] is pair, table["kind"] is int, table["size"] is len)
ours.append(half)
table["new"] = days[1]
del table["z"]
np.sum([1, 2])
print(box[0], list(box[1]), box[1]["new"] is days[1], box[0] is ours, box[1] is table)
table["half"] = table.pop("half")
ours.insert(0, "first")
np.sum([1, 2])
print(list(box[1]), box[0], table["pair"] is pair)
change = np.frompyfunc(lambda item: item.append(1) if isinstance(item, list) else item.update(b=2) if isinstance(item, dict) else None, 1, 1)
change(box)
print(ours, sorted(map(str, table)), table["pair"] is pair)
