# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Multibyte encodings: every two-byte code by checksum, state, errors, incremental use, streams.
import codecs
import io
import zlib

NAMES = ["big5", "big5hkscs", "cp949", "cp950", "euc_jis_2004", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "hz", "iso2022_jp",
         "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr", "shift_jis", "shift_jis_2004"]
for name in NAMES:
    text = "".join(bytes([lead, trail]).decode(name, "ignore") for lead in range(0xb0, 0xc0) for trail in range(0x21, 0xff))
    text = text or "".join(map(chr, range(0x3041, 0x3094)))
    plain = "".join(c for c in text if c.encode(name, "ignore"))
    data = plain.encode(name)
    print(name, len(plain), zlib.crc32(plain.encode()), len(data), zlib.crc32(data), data.decode(name) == plain)
for name, data in (("shift_jis", b"a\x82\xa0\xb1\xff!"), ("euc_jp", b"\xa4\xa2\x8e\xb1\x8f\xb0\xa1\xff"), ("gb18030", b"\x810\x810\x84"),
                   ("iso2022_jp", b"\x1b$B$\"\x1b(Ba\x1b$B\xff"), ("iso2022_kr", b"\x1b$)C\x0e0!\x0fx"), ("hz", b"~{<:Ky~}~~~"),
                   ("euc_kr", b"\xa4\xd4\xa4\xb6\xa4\xd0\xa4\xd4"), ("big5hkscs", b"\x88\x62\x88\x66")):
    for errors in "strict", "ignore", "replace", "backslashreplace":
        try:
            print(name, errors, ascii(data.decode(name, errors)))
        except UnicodeDecodeError as e:
            print(name, errors, e)
for name, text in (("shift_jis", "a\u20acb"), ("iso2022_jp", "\u3042\u20ac\u3044"), ("gb2312", "\U0001f600"), ("euc_kr", "\uc4d4"),
                   ("shift_jis_2004", "\u304b\u309a\\~"), ("hz", "~\u4e00~")):
    for errors in "strict", "ignore", "replace", "xmlcharrefreplace":
        try:
            print(name, errors, text.encode(name, errors))
        except UnicodeEncodeError as e:
            print(name, errors, e)
encoder = codecs.getincrementalencoder("iso2022_jp")()
print([encoder.encode(c) for c in "a\u3042\u3044b"], encoder.encode("\u3042"), encoder.getstate(), encoder.encode("", True))
decoder = codecs.getincrementaldecoder("euc_jp")()
print([decoder.decode(bytes([b])) for b in b"\xa4\xa2\x8f\xb0\xa1"], decoder.getstate())
with io.TextIOWrapper(io.BytesIO("\u6f22\u5b57\r\n\u4eee\u540d\n".encode("shift_jis")), "shift_jis") as f:
    print(f.readline(), f.tell(), f.read())
stream = io.BytesIO()
writer = codecs.getwriter("iso2022_jp")(stream)
writer.write("\u3042")
writer.writelines(["\u3044", "x\n"])
writer.reset()
print(stream.getvalue(), codecs.getreader("iso2022_jp")(io.BytesIO(stream.getvalue())).readlines())
for name, text in (("hz", "\u3042"), ("iso2022_kr", "\uac00"), ("iso2022_jp_2004", "\u3042"), ("iso2022_jp_2004", "\u304b"), ("euc_jis_2004", "\u304b")):
    stream = io.BytesIO()
    writer = codecs.getwriter(name)(stream)
    writer.write(text) # a reset writes what waits for another character, and nothing where none does
    before = stream.getvalue()
    print(name, before, writer.reset(), stream.getvalue(), writer.reset(), stream.getvalue() == before)
for call in (lambda: codecs.lookup("gbk").incrementaldecoder().setstate(1), lambda: codecs.lookup("gbk").encode(3),
             lambda: __import__("_codecs_jp").getcodec("big5")):
    try:
        call()
    except (TypeError, LookupError) as e:
        print(type(e).__name__, e)
