# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# compile() of bytes that declare an encoding: any text codec, and what is said where it is none or refuses them.
def t(b, f="<string>"):
    try:
        c = compile(b, f, "exec"); ns = {}; exec(c, ns); print("ok", {k: v for k, v in ns.items() if k != "__builtins__"})
    except BaseException as e: print(type(e).__name__, e.args, getattr(e, "filename", None), getattr(e, "lineno", None))
snow = "\N{SNOWMAN}"
t("# coding: ascii\n\N{SNOWMAN}".encode('utf-8'))
t(b"# coding: nosuch\nx = 3")
t(b"# coding: rot13\nk = 3")
t(b"# coding: cp1252\nx = '\xff'")
t(b"# coding: cp1252\nx = '\x81'")
t(b"# coding: shift_jis\nx = '\x83\x41'")
t(b"# coding: koi8-r\nx = '\xc1'")
t(b"\xef\xbb\xbf# coding: latin-1\nx = 3")
t(b"\xef\xbb\xbf# coding: utf-8\nx = 3")
t(b"# coding: utf-16\nx = 3")
t(b"# coding: utf-7\nx = '+AGE-'")
t(b"# coding: idna\nx = 3")
t(b"# coding: hex\nx = 3")
t(b"# coding: euc_jp\nx = '\xff\xff'")
t(b"x = 1\0")
t(b"# coding: ascii\nx = 1\ny = '\x80'\nz=3")
