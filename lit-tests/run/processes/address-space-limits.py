# The sanitizers' own tables are larger than the limits.
# UNSUPPORTED: sanitized
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Programs that limit their own address space: threads start, libraries load, memory that is out is a MemoryError wherever it is
# noticed, and a handler of one may see another.
import resource
resource.setrlimit(resource.RLIMIT_AS, (256 << 20, 256 << 20))
import hashlib, os, sqlite3, threading, time, zlib
from itertools import count

def attempt(f):
    try:
        f()
    except MemoryError:
        print(f.__name__, "MemoryError")

def item_by_item():
    return [x for x in count()]

def to_list():
    return [0 for x in range(2**40)]

def to_set():
    return {x for x in count()}

def to_dict():
    return {x: x for x in count()}

def appended():
    l = []
    for x in range(2**40):
        l.append(x)

def chain():
    l = []
    while True:
        l = [l]

def long_text():
    s = "x" * 1000
    while True:
        s = f"{s}{s}"

def inflated():
    return zlib.decompress(zlib.compress(bytes(20 << 20))) + bytes(240 << 20)

for f in item_by_item, to_list, to_set, to_dict, appended, chain, long_text, inflated:
    attempt(f)

def nested():
    l = []
    try:
        while True:
            l.append([])
    except MemoryError as first:
        try:
            while True:
                l.append([])
        except MemoryError as second:
            print(second is not first)
            del l
            raise

attempt(nested)
def join(threads):
    for t in threads:
        t.join()
    while len(os.listdir("/proc/self/task")) > 1: # the system takes the stack back after join() has returned
        time.sleep(0.001)

for f in chain, to_list:
    t = threading.Thread(target=attempt, args=(f,))
    t.start()
    join([t])
waiting = threading.Event()
threads = [threading.Thread(target=waiting.wait, daemon=True) for i in range(2)]
for t in threads:
    t.start()
waiting.set()
join(threads)
print(hashlib.sha256(b"a").hexdigest()[:8], zlib.crc32(b"a"), sqlite3.connect(":memory:").execute("select 1").fetchall())
