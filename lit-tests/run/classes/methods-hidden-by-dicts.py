# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Methods of builtin classes and their own, called with arguments that are computed behind the lookup, of instances that have a dict: a
# file's, which hides nothing, and others' that come to hide the method, and lose it again.
import io
import os
import tempfile


class Log(list):
    def note(self, *words):
        super().append(" ".join(words))


def one(n):
    return n + 1


def fill(out, n):
    for i in range(n):
        out.append(one(i))
        out.note(str(one(i)), "noted")


def written(n):
    path = os.path.join(tempfile.mkdtemp(), "text")
    with open(path, "w") as f:
        f.extra = 5
        for i in range(n):
            f.write(str(one(i)))
            f.write("%d\n" % i)
        try:
            f.write(one(5))
        except TypeError as e:
            print(e)
    with open(path) as f:
        return f.read(one(20))


log = Log()
log.kind = "plain"
fill(log, 2)
print(log, vars(log))
log.append = lambda v: print("own append", v)
fill(log, 2)
log.note = lambda *words: print("own note", *words)
fill(log, 1)
del log.append, log.note
fill(log, 1)
print(log)
print(repr(written(4)))

memory = io.StringIO()
memory.name = "memory"
for i in range(3):
    memory.write(str(one(i)))
print(memory.getvalue())


def extended(values):
    Log.append = lambda self, v: self.extend([v, v])
    for v in values:
        values = log.append(one(v))
    del Log.append


extended([1])
log.append(one(7))
print(log)
