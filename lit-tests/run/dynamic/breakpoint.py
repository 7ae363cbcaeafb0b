# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# breakpoint() is pdb, which is compiled in where it is called.
import io
import os
import sys

x = 5
sys.stdin = io.StringIO("p x\nn\np y\ns\nw\nr\np locals()\nc\n")


class Output(io.StringIO):
    def write(self, text):
        return super().write(text.replace(os.path.dirname(os.path.abspath(__file__)) + os.sep, ""))


def double(a):
    b = a * 2
    return b


shown = sys.stdout
sys.stdout = Output()
breakpoint()
y = 7
z = double(y)
sys.stdout, output = shown, sys.stdout
print(output.getvalue())
