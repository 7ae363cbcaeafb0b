# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O1 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What an operand keeps alive lives as long as it, also where nobody needs the answer; and an empty text is empty, however often.
class D:
    def __del__(self): print("del")
def f(a):
    a is [a := None, print("x")]
    print("end")
f(D())
def g():
    return "" * (n := 1000000000000000)
print(len(g()))


def branches(a, b):
    (a is b) if (a := None) else print("other")
    b is (b := 1)
    print("kept")


branches(D(), D())
