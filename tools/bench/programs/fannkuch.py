"""Pancake flips over all permutations: lists of small ints, slices."""
import sys


def fannkuch(n):
    count = list(range(1, n + 1))
    order = list(range(n))
    most = checksum = number = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        work = order[:]
        flips = 0
        k = work[0]
        while k:
            work[:k + 1] = work[k::-1]
            flips += 1
            k = work[0]
        most = max(most, flips)
        checksum += flips if number % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, most
            order.insert(r, order.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        number += 1


n = int(sys.argv[1])
print("%d flips, checksum %d" % fannkuch(n)[::-1])
