"""Primes by Eratosthenes: list items, ranges, integer loops."""
import sys


def primes(n):
    composite = [False] * (n + 1)
    found = []
    for i in range(2, n + 1):
        if composite[i]:
            continue
        found.append(i)
        j = i * i
        while j <= n:
            composite[j] = True
            j += i
    return found


found = primes(int(sys.argv[1]))
print(len(found), found[-1], sum(found))
