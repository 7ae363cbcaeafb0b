# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# RUN: krait explain %s | FileCheck %s
# A body that is done in place goes on once for each way out of what it calls: too many ways are a call. What is only asked for its truth decides a branch.
# CHECK: {{fast|mixed}} {{.*}} t += mix(
# CHECK-NEXT: + 'mix' is done in place
# CHECK: {{fast|mixed}} {{.*}} t += blend(
# CHECK-NEXT: - not done in place: 'blend'
def clamp(v):
    if v < 0:
        return 0
    if v > 255:
        return 255
    return v


def mix(p, q):
    r = clamp(p + q)
    g = clamp(p - q + r)
    return r + g * 3


def blend(p, q, t):
    r = clamp(p + q)
    g = clamp(p - q + r)
    b = clamp(q * t - g)
    a = clamp(r + g - b)
    h = clamp(a * 2 - r)
    return r + g * 3 + b * 5 + a * 7 + h


def is_plain(v):
    return v > 3 and v < 250


def asked(p, q):
    n = 0
    if is_plain(p):
        n += 1
    if is_plain(q):
        n += 2
    if is_plain(p + q):
        n += 4
    if is_plain(p - q):
        n += 8
    if is_plain(p * 2):
        n += 16
    return n


def row(n):
    t = 0
    for i in range(n):
        t += mix(i & 255, i >> 3 & 255)
        t += blend(i & 255, i >> 3 & 255, 2)
        t += asked(i & 255, i >> 3 & 255)
    return t


print(row(100000))
