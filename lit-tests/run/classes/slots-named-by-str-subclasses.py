# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Whether a slot has a usable name is not asked of a str subclass.
class Name(str):
    def isidentifier(self):
        return not str.isidentifier(self)


for slots in (Name("a"), (Name("a"), "b"), (Name("not one"),)):
    try:
        print(type("T", (), {"__slots__": slots}).__slots__)
    except TypeError as e:
        print(e)
