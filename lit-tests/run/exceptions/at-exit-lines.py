# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A traceback shows no lines of source once the modules are going.
import os


class Ends:
    def __repr__(self):
        return "<end>"

    def __call__(self):
        return {}["missing"]


class Loud:
    __del__ = Ends()


reader, writer = os.pipe()
if os.fork():
    os.close(writer)
    print(open(reader).read().replace(__file__, "FILE"))
else:
    os.dup2(writer, 2)
    Loud()
    kept = Loud()
