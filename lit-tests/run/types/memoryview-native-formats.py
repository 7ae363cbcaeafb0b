# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# memoryview.cast to native formats: what is stored, addresses with a sign too, and messages, which name the code without its "@".
for code in "cbB?hHiIlLqQnNfdP":
    for form in code, "@" + code:
        view = memoryview(bytearray(16))
        cast = view.cast(form)
        results = []
        for value in 1, -1, 2**64 - 1, -(2**63), 2**64, -(2**63) - 1, 1.5, b"a", b"ab", "a", None:
            try:
                cast[1] = value
                results.append(bytes(view).hex()[16:] if len(cast) == 2 else bytes(view[1 * cast.itemsize:2 * cast.itemsize]).hex())
            except Exception as e:
                results.append(f"{type(e).__name__} {e}")
        print(form, cast.format, cast.tolist()[:2], *results, sep="; ")
