# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What streams say about arguments of another type, and open() about modes.
import io
import os
import tempfile


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


reader = io.BufferedReader(io.BytesIO(b'abcdefgh'))
for method in reader.read, reader.read1, reader.peek, reader.readline, reader.readlines, reader.readinto, reader.seek:
    for argument in 'x', 1.5, [], b'abc':
        attempt(method, argument)
for argument in None, -5, 2, True:
    attempt(reader.peek, argument)
    attempt(reader.read1, argument)
for argument in None, b"x", "x":
    attempt(reader.readinto, argument)
os.chdir(tempfile.mkdtemp())
for mode in '', 'b', 't', '+', 'rw', 'r+b', 'U', 'rr', 'rbt', 'xw', 'x', 'a', 'x':
    attempt(lambda: type(open('file', mode)).__name__)
