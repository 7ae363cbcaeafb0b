# RUN: krait run %s | diff %s.out -
# A program that imports nothing but array: what the native module itself imports is compiled in.
import array
import sys

numbers = array.array("i", [3, 1, 2])
print(numbers, isinstance(numbers, sys.modules["_collections_abc"].MutableSequence))
