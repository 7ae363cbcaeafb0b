# RUN: krait run %s | diff %s.out -
# Codecs that are modules of the package encodings: those that the program names are compiled in.
import io

print("é€".encode("cp1252"), b"\xa4".decode("ISO8859-15"), str(b"\xe9", "windows-1250"), bytes("ж", encoding="koi8_r"))
stream = io.BytesIO()
with io.TextIOWrapper(stream, encoding="shift_jis") as text:
    text.write("日本")
    text.flush()
    print(stream.getvalue())
for name in "nope", "utf-8":
    try:
        print("x".encode(name))
    except LookupError as e:
        print(e)
