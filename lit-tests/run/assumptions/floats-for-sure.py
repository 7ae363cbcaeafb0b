# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A local that is a float for sure in one place, and in another perhaps an int: what is computed from it there is a float.
def sums(pairs, others):
    s, t, count, a = 0, 0.5, 0, 1
    for _ in pairs:
        count += 1
        a -= count + s * t
        if count == 30:
            a = 2
        t += 1
    for pair in others:
        s, t = pair
        a += t
    return a, t


for turn in range(3):
    print(sums([1, 2, 3], [(1, 2), (2, 2.5)]), sums(range(40), [(1, 2)]), sums([], [(0, 1), (2, 3 if turn else 4.5)]))
