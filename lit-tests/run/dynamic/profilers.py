# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Profilers count the program's own functions as CPython's do: `profile`, which tells frames by identity, and cProfile, an
# enabled one of which is the profile function, also with a timer in Python, which it does not count.
import cProfile
import profile
import sys


def shown(profiler, *hidden):
    profiler.create_stats()
    return sorted((k[0].split("/")[-1], k[2], v[0], v[1]) for k, v in profiler.stats.items() if k[2] not in hidden)


def add_up(n):
    return sum(range(n))


def each(n):
    return [add_up(i) for i in range(n)]


def factorial(n):
    return n * factorial(n - 1) if n else 1


def boxes():
    print(*shown(profile.Profile().runctx("each(10)", globals(), locals())), sep="\n")
    p = profile.Profile()
    print(p.runcall(factorial, 5))
    print([entry for entry in shown(p) if not entry[1].startswith("<function")])


boxes()

ticks = 0


def timer():
    global ticks
    ticks += 1
    return ticks


p = cProfile.Profile(timer, 0.5)
p.runctx("factorial(4), each(2)", globals(), locals())
print(*shown(p), sep="\n")
print(sorted((v[2], v[3]) for k, v in p.stats.items() if k[2] in ("factorial", "each")))

p = cProfile.Profile()
p.enable()
listening = sys.getprofile()
", ".join(str(i) for i in range(3))
each(3)
p.disable()
print(listening is p, sys.getprofile())
print(*shown(p, "<built-in method sys.getprofile>"), sep="\n")

del p, listening
p = cProfile.Profile()
p.enable()
q = p
del p
sys.setprofile(None)
each(3)
print(shown(q, "<built-in method sys.setprofile>"))
