# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Which names of encodings the handler of surrogates knows: those of UTF-8, UTF-16 and UTF-32, and no alias from elsewhere.
import codecs
for name in "utf-8", "UTF_8", "cp65001", "utf-16-le", "utf-16-be", "utf32", "latin-1", "utf-7":
    for error in UnicodeDecodeError(name, b"a\xed\xa0\x80\xed\xbf\xbfd", 1, 7, "c"), UnicodeEncodeError(name, "a\ud800\udfffd", 1, 3, "c"):
        try:
            print(name, codecs.lookup_error("surrogatepass")(error))
        except UnicodeError as e:
            print(e)
