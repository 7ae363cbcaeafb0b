# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Numbers of each format and order at their bounds, and what doubles take and keep.
import struct

values = [0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 65535, 65536, -32769, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, 2**63, 2**64 - 1,
          2**64, -2**63, 1.5, -0.0, 1e300, 1e-320, float("inf"), True, "x", None]
for order in "<>@":
    for code in "bBhHiIlLqQdf" + "nN" * (order == "@"):
        s = struct.Struct(order + code)
        row = []
        for v in values:
            try:
                data = s.pack(v)
                row.append(data.hex() + ("" if s.unpack(data) == (v,) else " " + repr(s.unpack(data)[0])))
            except (struct.error, OverflowError) as e:
                row.append(str(e))
        print(order + code, row)
nan = struct.unpack("<d", bytes.fromhex("010000000000f87f"))[0]
print(nan, struct.pack("<d", nan).hex(), struct.pack(">d", -nan).hex())
for bits in 0, 1, 0x3ff0000000000001, 0x7fefffffffffffff, 0xfff0000000000000, 0x8000000000000000, 0x0010000000000000:
    x, = struct.unpack("<d", bits.to_bytes(8, "little"))
    print(x, struct.pack("<d", x) == bits.to_bytes(8, "little"), struct.unpack("<2d3h", struct.pack("<2d3h", x, 2, -1, 2, 3)))
