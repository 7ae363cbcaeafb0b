# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Standard input is read with the ends of lines that are in it: only \n ends one, and a \r before it stays.
import os
import sys

reading, writing = os.pipe()
os.write(writing, b"a\r\nb\r\nc\rd\r\ne\n\r\nlast\r")
os.close(writing)
os.dup2(reading, 0)
print(sys.stdin.newlines, repr(sys.stdin.readline()), sys.stdin.newlines)
print(repr(input()), repr(sys.stdin.read(4)))
for line in sys.stdin:
    print(repr(line))
