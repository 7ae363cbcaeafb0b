# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# The end of a program collects once for callbacks to hear of, where collecting is enabled; else garbage waits for the
# modules' end.
import gc
import subprocess
import sys

PROGRAM = """
import gc
if DISABLED: gc.disable()
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
b = A("b")
a = A("a")
a.me = a
c = A("c")
c.me = c
del c
if HEARD: gc.callbacks.append(lambda phase, info: print(phase, info["generation"]))
print("end")
"""
for disabled in False, True:
    for heard in False, True:
        text = PROGRAM.replace("DISABLED", str(disabled)).replace("HEARD", str(heard))
        print(disabled, heard, subprocess.run([sys.executable, "-c", text], capture_output=True, text=True).stdout)
