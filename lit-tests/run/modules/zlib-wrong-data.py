# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A decompressor that met wrong data keeps what it did not take, and flush() gives what there is.
import zlib

good = zlib.compress(b"hello" * 10)
for data in b"abc", b"asdf", good[:6] + b"\xff" * 8, good[:10], good + b"extra":
    for cut in 0, 1, 4, 8:
        d = zlib.decompressobj()
        for call in (lambda: d.decompress(data[:cut], 3)), d.flush, (lambda: d.decompress(data[cut:])), d.flush, (lambda: d.flush(1)):
            try:
                print(call(), end=" ")
            except zlib.error as e:
                print(e, end=" ")
            print(d.eof, d.unused_data, d.unconsumed_tail)
