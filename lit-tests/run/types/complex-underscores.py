# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Underscores that are not between digits have a message of their own.
for text in ("1_0+2_0j", "1__0", "_1", "1_", "1_j", "1._5", "1e_5", "(1_0)", " 1__0 ", "1_0x", "x", "\u0661_\u0662j", "\u0661__\u0662j"):
    try:
        print(ascii(text), complex(text))
    except ValueError as e:
        print(ascii(text), ascii(str(e)))
