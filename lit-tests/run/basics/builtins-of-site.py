# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Copyright, credits and license are there, as site makes them: names that are misspelt are compared with them, too.
import builtins

for name in "copyright", "credits", "license":
    found = getattr(builtins, name)
    print(name, type(found).__name__, type(found).__module__, callable(found), repr(found) != "", name in dir(builtins))
print(license)
try:
    copyright(1)
except TypeError as e:
    print(e)
try:
    licence
except NameError as e:
    print(e.name)


def own(license):
    return license


print(own(3))
credits = "mine"
print(credits, builtins.credits != credits)
del credits
print(type(credits).__name__)
