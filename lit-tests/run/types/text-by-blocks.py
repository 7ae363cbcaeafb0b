# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Hexadecimal text with separators, words between spaces, and padding, around the sizes at which they go by blocks.
for n in (0,1,2,3,5,8,9,16,17):
    b = bytes(range(250-n, 250)) if n else b''
    for g in (-9,-3,-2,-1,1,2,3,7,100): print(n, g, b.hex(':', g), bytearray(b).hex('-', g), memoryview(b).hex('x', g))
    print(b.hex(), b.hex('_'), b.hex(b'!'))
for s in ('', 'a', ' a', 'a ', 'alpha beta', 'aaaaaaaabbbbbbbb c', '  x  y\tz\n', 'é é\x85x\xa0y', 'abcdefg\x1chijklmno\x1fp', 'abcdefgh\x00ij kl\x7f\x80m', 'ü' * 9 + ' x', 'Ā b cccccccccccc d', 'a' * 50):
    print(s.split(), s.split(None, 1), s.split(None, 0), s.rsplit(None, 1), [s.ljust(w, f) for w in (0, 3, 30) for f in ' éĀ😀'], s.center(21, '*'), s.rjust(12), s.zfill(9), ('-' + s).zfill(9))
