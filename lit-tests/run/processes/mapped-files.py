# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Memory-mapped files: positions, slices, searching, resizing, access rights and exported buffers.
import mmap
import os
import tempfile


def attempt(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except Exception as e:
        print(type(e).__name__, e)


with tempfile.TemporaryFile() as file:
    attempt(mmap.mmap, file.fileno(), 0)
    file.write(b"first line\nsecond line\n" + bytes(4096))
    file.flush()
    m = mmap.mmap(file.fileno(), 0)
    print(len(m), m.size(), m.tell(), m[0], m[-1], m[:5], m[0:10:3], m[10:0:-4], m.closed)
    print(m.readline(), m.read(6), m.read_byte(), m.tell(), repr(m))
    print(m.find(b"line"), m.find(b"line", 7), m.rfind(b"line"), m.find(b"none"), m.find(b"l", -4100), m.rfind(b"l", 0, 8))
    m[0] = 70
    m[1:5] = b"IRST"
    m[6:10:2] = b"LN"
    m.seek(11)
    print(m.write(b"SECOND"), m.flush(), m.move(20, 0, 5))
    m.seek(-3, os.SEEK_END)
    m.write_byte(1)
    print(m[:24], m[-4:])
    for bad in (lambda: m[9999], lambda: m["a"], lambda: m.seek(99999), lambda: m.seek(0, 7), lambda: m.write(b"12345"),
                lambda: m.__setitem__(0, 256), lambda: m.__setitem__(0, b"a"), lambda: m.__setitem__(slice(0, 2), b"a"),
                lambda: m.__delitem__(0), lambda: m.move(0, 4000, 4000), lambda: m.flush(-1), lambda: m.read("x")):
        attempt(bad)
    view = memoryview(m)
    attempt(m.close)
    attempt(m.resize, 10)
    print(view[:5].tobytes(), view.readonly, view.nbytes)
    view.release()
    m.resize(8192)
    print(len(m), os.fstat(file.fileno()).st_size, list(m[:3]), [b for b in m][:2], b"I" in m)
    with m:
        pass
    print(repr(m), m.closed)
    attempt(lambda: m[0])
    readonly = mmap.mmap(file.fileno(), 16, access=mmap.ACCESS_READ)
    attempt(readonly.write, b"x")
    attempt(readonly.resize, 8)
    attempt(memoryview(readonly).__setitem__, 0, 1)
    copy = mmap.mmap(file.fileno(), 16, access=mmap.ACCESS_COPY)
    copy[:4] = b"copy"
    print(copy[:5], readonly[:5], repr(copy))
    attempt(mmap.mmap, file.fileno(), 99999)
    attempt(mmap.mmap, file.fileno(), 16, access=9)
    attempt(mmap.mmap, file.fileno(), 16, prot=mmap.PROT_READ, access=mmap.ACCESS_WRITE)
    attempt(mmap.mmap, -1, -1)

shared = mmap.mmap(-1, 8)
pid = os.fork()
if pid == 0:
    shared[:5] = b"child"
    os._exit(0)
os.waitpid(pid, 0)
print(shared[:], shared.madvise(mmap.MADV_WILLNEED), mmap.error is OSError, mmap.PAGESIZE == mmap.ALLOCATIONGRANULARITY)
attempt(shared.size)
