# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# A text that has neither fields nor conversions is the result of formatting itself, also of a derived class.
class Text(str): pass


def made(s): return type(s).__name__, str(s)


def tried(call):
    try:
        return made(call())
    except Exception as e:
        return type(e).__name__, str(e)


part = "b"
for text in (Text("ab"), "a" + part, Text(""), "", Text("a{{b"), Text("a}}b"), Text("a%%b"), Text("\u0394x"), "\u0394" + part, Text("}"), Text("{")):
    for call in (lambda: text.format(), lambda: text.format(1, a=2), lambda: text.format_map({}), lambda: text % (), lambda: text % {}, lambda: text % (1,), lambda: text % 1):
        print(tried(call), end=" ")
    print()
for text in (Text("ab"), "a" + part, "\u0394" + part):
    print(text.format() is text, text.format_map({}) is text, text % () is text, text % {"a": 1} is text)
print(made(Text("{}").format(Text("ab"))), made("%s" % Text("ab")), made(Text("%s") % "ab"), b"ab" % ())
