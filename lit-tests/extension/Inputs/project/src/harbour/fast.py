"""Compiled."""


def depths(n):
    return [i * i % 7 for i in range(n)]
