# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A byte that begins no character of Shift JIS is illegal, although the text ends behind it.
import codecs

for name in ("shift_jis", "shift_jis_2004", "shift_jisx0213", "cp932"):
    decoder = codecs.getincrementaldecoder(name)
    for lead in (0x80, 0x81, 0x9F, 0xA0, 0xDF, 0xE0, 0xEA, 0xEB, 0xFC, 0xFD, 0xFF):
        for make in (bytes.decode, lambda data, name: decoder().decode(data)):
            try:
                print(name, hex(lead), ascii(make(bytes([0x41, lead]), name)))
            except UnicodeDecodeError as e:
                print(e)
