# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A thread that was given a small stack recurses as deep as others, in compiled code and in builtins.
import copy
import json
import pickle
import threading

threading.stack_size(1 << 20)

def endless(n):
    return endless(n + 1) + 1

class Shown:
    def __repr__(self):
        return repr(self)

class Missing:
    def __getattr__(self, name):
        return getattr(self, name)

def deep():
    l = []
    for i in range(200000):
        l = [l]
    return l

one, other = deep(), deep()

def drop():
    global one, other
    one = other = None

CASES = {
    "call": lambda: endless(0),
    "shown": lambda: repr(Shown()),
    "missing": lambda: Missing().x,
    "repr": lambda: repr(one),
    "compare": lambda: one == other,
    "json": lambda: json.dumps(one),
    "json text": lambda: json.loads("[" * 100000),
    "copy": lambda: copy.deepcopy(one),
    "pickle": lambda: pickle.dumps(one),
    "drop": drop,
}

def run(name):
    try:
        CASES[name]()
        print(name, "done")
    except RecursionError:
        print(name, "RecursionError")

for name in CASES:
    thread = threading.Thread(target=run, args=(name,))
    thread.start()
    thread.join()
