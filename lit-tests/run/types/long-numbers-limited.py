# The sanitizers' own tables are larger than the limit.
# UNSUPPORTED: sanitized
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Arithmetic whose temporaries find no memory: its results are right, or MemoryErrors.
import resource
import sys
sys.set_int_max_str_digits(0)
resource.setrlimit(resource.RLIMIT_AS, (256 << 20, 256 << 20))

N = (1 << (8 << 17)) // 7
decimal = "7" * 10000
results = [None] * 5

def attempt(i, f):
    try:
        results[i] = f()
    except MemoryError:
        pass

def use_up(size):
    ballast = []
    try:
        while True:
            ballast.append(bytearray(size))
    except MemoryError:
        pass
    return ballast

def rounds():
    ballast = use_up(1 << 20), use_up(1 << 13)
    for i in range(12):
        attempt(0, lambda: N * N)
        attempt(1, lambda: N // (N >> 130000))
        attempt(2, lambda: pow(N, 3, 1 << 5000))
        attempt(3, lambda: int(decimal))
        attempt(4, lambda: hex(N))
        del ballast[1][:30]

rounds()
print([results[0] in (None, N * N), results[1] in (None, N // (N >> 130000)), results[2] in (None, pow(N, 3, 1 << 5000)),
       results[3] in (None, int(decimal)), results[4] in (None, hex(N))])
