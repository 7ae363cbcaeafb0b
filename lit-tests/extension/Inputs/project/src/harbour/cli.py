"""Stays as it is."""
import pathlib

from . import depths
from .tides import high


def main():
    names = pathlib.Path(__file__).with_name("names.txt").read_text().split()
    print(dict(zip(names, depths(3))), high(2))
    return 0
