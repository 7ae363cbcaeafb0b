# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# Text is decoded by whatever name the program computes, which need not look like that of a codec.
def first(data, names):
    for n in names:
        try:
            return n, data.decode(n)
        except UnicodeDecodeError as e:
            print(e)


print(first("żółw".encode("iso8859_2"), ["ascii", "utf-8", "cp1250", "koi8_r"]))
print([bytes([65, 164]).decode(table) for table in ("cp437", "cp850", "mac_roman", "iso8859_15")])
where = {"el": "cp1253", "ru": "cp" + str(1251)}
for key in where:
    print("αя"[key == "ru"].encode(where[key]))
