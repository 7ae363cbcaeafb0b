# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Normal forms of texts in which plain letters stand between marks, accents and syllables; of both versions of the database.
import unicodedata

pieces = ["a", "e", " ", "\xe9", "e\u0301", "\u0301", "\u0323\u0301", "\u0301\u0323", "q\u0323\u0307", "\xa0", "\xbd", "\ufb01", "\u212b", "\uac01", "\u1100\u1161\u11a8",
          "\u1e69", "s\u0307\u0323", "\U0001d15e", "\u0344", "\u0f71\u0f72", "\u2260", "=\u0338"]
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    for database in (unicodedata, unicodedata.ucd_3_2_0):
        out = []
        for first in pieces:
            for second in pieces:
                text = "x" + first + second + "y"
                out.append(database.normalize(form, text))
        print(form, len("".join(out)), ascii(out[::23]), sum(map(len, out)), hash(tuple(out)) == hash(tuple(out)))
        print(ascii(database.normalize(form, "".join(pieces))), [database.is_normalized(form, p) for p in pieces[:12]] if database is unicodedata else "")
