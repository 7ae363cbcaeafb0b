# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Quotes and escapes of a text's repr(), at the ends and among long plain parts.
parts = ["", "a", "'", '"', "\\", "\n", "\t\r", "\x00", "\x7f", "\x1f ~", "\xa0\xe9", "\u3042\u200b", "\U0001f600\ud800", "plain text of some length"]
for a in parts:
    print(ascii(repr(a)), ascii(a))
    for b in parts:
        text = a + b + a
        r = repr(text)
        assert eval(r) == text and repr([text]) == "[" + r + "]" and f"{text!r}" == "%r" % text == r, r
        print(ascii(r))
