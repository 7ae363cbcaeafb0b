# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# TextIOWrapper.newlines: tell() reads the beginning of the file once more, and what it meets there is all that has been seen.
import io

TEXT = b'one\r\ntwo\nthree\rfour\r\n' + b'five\n' * 3


def steps(**how):
    f = io.TextIOWrapper(io.BytesIO(TEXT), **how)
    print(how, f.newlines)
    f.read(0)
    print(repr(f.newlines), f.tell(), repr(f.newlines))
    for _ in range(4):
        f.readline()
        print(repr(f.newlines), end=' ')
        f.tell()
        print(repr(f.newlines))
    f.read()
    print(repr(f.newlines), f.tell(), repr(f.newlines))
    f.seek(5)
    print(repr(f.readline()), repr(f.newlines))
    f.seek(0)
    print(repr(f.newlines), repr(f.readline()), repr(f.newlines))


for newline in None, '', '\n':
    for encoding in 'utf-8', 'latin-1', 'ascii', 'utf-16', 'cp1252', 'utf-8-sig':
        if encoding != 'utf-16':
            steps(encoding=encoding, newline=newline)
small = io.TextIOWrapper(io.BytesIO(b'a\r\nb\n' * 3000), encoding='utf-8')
small.readline()
print(repr(small.newlines), small.tell(), repr(small.newlines))
for _ in range(5000):
    small.readline()
print(repr(small.newlines), small.tell(), repr(small.newlines))
