# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Bytes by a table: of all lengths, with the first byte that becomes another at every place.


class Own(bytes):
    pass


table = bytes.maketrans(b'+/\xff', b'-_\x00')
count = 0
for n in range(36):
    plain = bytes(i % 90 + 48 for i in range(n))
    assert plain.translate(table) is plain and plain.translate(None) == plain
    assert type(Own(plain).translate(table)) is bytes and Own(plain).translate(table) == plain
    copied = bytearray(plain)
    assert copied.translate(table) == copied and copied.translate(table) is not copied
    for at in range(n):
        for c in b'+/\xff':
            data = plain[:at] + bytes([c]) + plain[at + 1:]
            want = plain[:at] + bytes([table[c]]) + plain[at + 1:]
            assert data.translate(table) == want == bytes(bytearray(data).translate(table)), (n, at)
            assert data.translate(table, b'\xff') == want.replace(b'\x00', b'')
            count += data.translate(bytearray(table)) == want
print(count)
for wrong in b'', bytes(255), 'text', 5:
    try:
        b'abc'.translate(wrong)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
