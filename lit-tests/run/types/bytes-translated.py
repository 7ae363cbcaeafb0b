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
# Longer ones, by tables that change from none to many of the values, the first and the last among them.
for few in b'', b'\x00', b'\xff', b'\x00\xff', b'ab', b'+/\x1f\x20', b'+/\x1f\x20\xff', bytes(range(7, 250)):
    table = bytes.maketrans(few, bytes((c * 5 + 3) & 255 for c in few))
    lengths = []
    for n in (63, 64, 65, 79, 80, 96, 127, 200, 1000):
        for kind in bytes, bytearray, Own:
            data = kind((i * 11 + i // 9) & 255 for i in range(n))
            changed = data.translate(table)
            assert changed == bytes(table[c] for c in data) and type(changed) is (bytes if kind is Own else kind), (few, n)
            lengths.append(len(changed) if changed is not data else 'itself')
    print(few[:5], lengths)
