#!/usr/bin/python3.11
"""Writes the coded character sets of East Asia: runtime/modules/multibyte/{chinese,japanese,korean,taiwanese,greek}_sets.inc.

    python3.11 tools/scripts/make_cjk_charsets.py

What is in them is asked of the reference interpreter's codecs: the character of each code of two bytes, and the code of each
character. A set that differs little from another is written as what differs, and codes of characters only where they are not
what a look through the set finds. charset.h explains the packed form, and `unpacked` below reads it as charset.cpp does.
"""
import pathlib

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "runtime/modules/multibyte"
SECOND = (0x2E5, 0x2E9, 0x300, 0x301, 0x304, 0x30C, 0x309A)
CHARACTERS = [c for c in range(0x80, 0x30000) if not 0xD800 <= c < 0xE000]

IDEOGRAPH, SKIP, ROW, STEP, PLANE, PAIR, NOTHING, WITHDRAWN = 0x20, 0xAA, 0xCA, 0xE0, 0xF6, 0xF9, 0xFA, 0xFB


def value_of(text):
    return ord(text) if len(text) == 1 else ord(text[0]) | ord(text[1]) << 16


def text_of(value):
    return chr(value) if value < 0x110000 else chr(value & 0xFFFF) + chr(value >> 16)


def decoded(codec, data):
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def is_one_error(codec, data):
    """Whether the data is a code that the codec knows as none, not just bytes that it does not understand."""
    try:
        data.decode(codec)
    except UnicodeDecodeError as e:
        return e.end - e.start > 1


class Charset:
    """`spell(code)` is how `codec` writes a code, `code_in(data)` the code in what it wrote, or false; without one, nothing is asked.
    Only codes `among` those of another set are asked for."""

    def __init__(self, name, codec, leads, trails, spell=None, code_in=None, base=None, among=None):
        self.name, self.base, self.codes = name, base, {}
        if spell is None:
            spell, code_in = lambda code: code.to_bytes(2, "big"), lambda data: len(data) == 2 and int.from_bytes(data, "big")
        for lead in leads:
            for trail in trails:
                code = lead << 8 | trail
                text = decoded(codec, spell(code)) if among is None or code in among.codes else ""
                if len(text) == 1 or (len(text) == 2 and ord(text[1]) in SECOND):
                    self.codes[code] = value_of(text)
        self.withdrawn = {c for c in base.codes if c not in self.codes and is_one_error(codec, spell(c))} if base else set()
        self.exceptions = {}
        if code_in is None:
            return
        found = {}
        for code in sorted(self.codes):
            found.setdefault(self.codes[code], code)
        pairs = [] if codec.startswith("iso2022") else [v for v in found if v >= 0x110000]  # those write none in one code
        for value in CHARACTERS + pairs:
            code = code_in(text_of(value).encode(codec, "ignore")) or 0
            if among and self.codes.get(code) != value:
                code = 0
            if code != found.get(value, 0):
                self.exceptions[value] = code
        print(name, len(self.codes), "codes,", len(self.exceptions), "exceptions")

    def packed(self):
        base = self.base.codes if self.base else {}
        cells = [c for c in sorted(set(self.codes) | set(base)) if self.codes.get(c) != base.get(c)]
        if not cells:
            return b""
        first = min(c & 0xFF for c in cells)
        at, last, i = first, 0, 0
        out = bytearray([first])
        while i < len(cells):
            code = cells[i]
            while (rows := (code >> 8) - (at >> 8)) > 0:
                step = min(rows, STEP - ROW)
                out.append(ROW + step - 1)
                at = ((at >> 8) + step) << 8 | first
            while at < code:
                step = min(code - at, ROW - SKIP)
                out.append(SKIP + step - 1)
                at += step
            value = self.codes.get(code, 0)
            i, at = i + 1, at + 1
            if value == 0:
                out.append(WITHDRAWN if code in self.withdrawn else NOTHING)
                continue
            if value == last + 1:
                length = 1
                while length < IDEOGRAPH and i < len(cells) and cells[i] == at and self.codes.get(at) == value + length:
                    length, i, at = length + 1, i + 1, at + 1
                out.append(length - 1)
                last = value + length - 1
                continue
            if 0 <= value - last - 2 < PLANE - STEP:
                out.append(STEP + value - last - 2)
            elif 0x4E00 <= value < 0xD800:
                out += bytes([IDEOGRAPH + (value - 0x4E00 >> 8), value & 0xFF])
            elif value < 0x110000:
                out += bytes([PLANE + (value >> 16), value >> 8 & 0xFF, value & 0xFF])
            else:
                out += bytes([PAIR, value >> 8 & 0xFF, value & 0xFF, SECOND.index(value >> 16)])
            last = value & 0xFFFF if value >= 0x110000 else value
        assert unpacked(out, base) == self.codes
        return bytes(out)


def unpacked(data, base):
    codes, at, last, i = dict(base), data[0], 0, 1
    while i < len(data):
        t, i = data[i], i + 1
        if t < IDEOGRAPH:
            for _ in range(t + 1):
                last += 1
                codes[at], at = last, at + 1
            continue
        if t >= SKIP and t < ROW:
            at += t - SKIP + 1
            continue
        if t >= ROW and t < STEP:
            at = (at >> 8) + t - ROW + 1 << 8 | data[0]
            continue
        if t == NOTHING or t == WITHDRAWN:
            del codes[at]
        elif t == PAIR:
            last = data[i] << 8 | data[i + 1]
            codes[at] = last | SECOND[data[i + 2]] << 16
            i += 3
        else:
            if t >= PLANE:
                last, i = t - PLANE << 16 | data[i] << 8 | data[i + 1], i + 2
            elif t >= STEP:
                last += t - STEP + 2
            else:
                last, i = 0x4E00 + (t - IDEOGRAPH << 8 | data[i]), i + 1
            codes[at] = last
        at += 1
    return codes


def in_escape(escape, *others):
    """A set of 94 rows, in an encoding of the ISO 2022 family that may write it, or a part that is equal, in other ways."""
    def code_in(data):
        for e in escape, *others:
            if data.startswith(e):
                return int.from_bytes(data[len(e):len(e) + 2], "big")
        return 0
    return lambda code: escape + code.to_bytes(2, "big") + b"\x1b(B", code_in


def in_euc(prefix=b""):
    """A set of 94 rows whose bytes have the high bit."""
    def code_in(data):
        whole = len(data) == 2 + len(prefix) and data.startswith(prefix) and data[-2] > 0xA0
        return whole and int.from_bytes(data[-2:], "big") & 0x7F7F
    return lambda code: prefix + (code | 0x8080).to_bytes(2, "big"), code_in


def in_shift_jis(rows):
    """Rows of JIS as Shift JIS writes them, two with each lead byte."""
    def spell(code):
        row, cell = (code >> 8) - 0x21, (code & 0xFF) - 0x21
        lead, trail = row // 2 + 0x81, cell + 94 * (row % 2) + 0x40
        return bytes([lead + 0x40 * (lead > 0x9F), trail + (trail > 0x7E)])

    def code_in(data):
        if len(data) != 2:
            return 0
        lead, trail = data[0] - 0x40 * (data[0] > 0xDF), data[1] - (data[1] > 0x7E)
        row = 2 * (lead - 0x81) + (trail - 0x40) // 94
        return row < rows and row + 0x21 << 8 | (trail - 0x40) % 94 + 0x21
    return spell, code_in


def write(country, sets, more=()):
    lines = [f"// Generated by tools/scripts/{pathlib.Path(__file__).name}; charset.h explains the form."]
    total = 0
    for s in sets:
        data = s.packed()
        total += len(data) + 8 * len(s.exceptions)
        if data:
            lines.append(f"constexpr uint8_t k{s.name}Packed[] = {{")
            text = ",".join(map(str, data))
            while len(text) > 124:
                cut = text.rindex(",", 0, 124) + 1
                lines.append("  " + text[:cut])
                text = text[cut:]
            lines += ["  " + text, "};"]
        if s.exceptions:
            lines.append(f"constexpr Charset::Exception k{s.name}Exceptions[] = {{")
            rows = [f"{{{hex(v)}, {hex(c)}}}," for v, c in sorted(s.exceptions.items())]
            lines += ["  " + " ".join(rows[i:i + 7]) for i in range(0, len(rows), 7)]
            lines.append("};")
        parts = [f"k{s.name}Packed" if data else "nullptr", f"k{s.name}Exceptions" if s.exceptions else "nullptr"]
        parts.append(f"&k{s.base.name}" if s.base else "nullptr")
        lines.append(f"constinit Charset k{s.name}({', '.join(parts)});")
    (OUT / f"{country}_sets.inc").write_text("\n".join([*lines, *more]) + "\n")
    print(country, total, "bytes")


def rows94(*, to=0x7F):
    return range(0x21, to), range(0x21, 0x7F)


def japanese():
    jis = Charset("Jis", "iso2022_jp", *rows94(), *in_escape(b"\x1b$B"))
    supplement = Charset("JisSupplement", "euc_jp", *rows94(), *in_euc(b"\x8f"))
    windows = Charset("Cp932", "cp932", *rows94(to=0x99), *in_shift_jis(120), jis)
    first = Charset("Jis2004", "iso2022_jp_2004", *rows94(), *in_escape(b"\x1b$(Q", b"\x1b$B"), jis)
    first_euc = Charset("EucJis2004", "euc_jis_2004", *rows94(), *in_euc(), first)
    first_shift = Charset("ShiftJis2004", "shift_jis_2004", *rows94(), *in_shift_jis(94), first)
    second = Charset("Jis2004Plane2", "iso2022_jp_2004", *rows94(), *in_escape(b"\x1b$(P"))
    older = Charset("Jis2000", "iso2022_jp_3", *rows94(), *in_escape(b"\x1b$(O", b"\x1b$B"), first)
    older_euc = Charset("EucJis2000", "euc_jisx0213", *rows94(), *in_euc(), older)
    older_shift = Charset("ShiftJis2000", "shift_jisx0213", *rows94(), *in_shift_jis(94), older)
    older_second = Charset("Jis2000Plane2", "euc_jisx0213", *rows94(), *in_euc(b"\x8f"), second, among=second)
    second_iso = Charset("IsoJis2000Plane2", "iso2022_jp_3", *rows94(), *in_escape(b"\x1b$(P"), second)
    write("japanese", [jis, supplement, windows, first, first_euc, first_shift, second, older, older_euc, older_shift, older_second, second_iso])
    byte_of_g2 = lambda code: b"\x1b.F\x1bN" + bytes([code])
    write("greek", [Charset("Greek", "iso2022_jp_2", [0], range(0x80), byte_of_g2)])


def korean():
    shifted = b"\x1b$)C\x0e"
    ks = Charset("Ks", "iso2022_kr", range(0xA1, 0xFF), range(0xA1, 0xFF), lambda code: shifted + (code & 0x7F7F).to_bytes(2, "big"),
                 lambda data: data.startswith(shifted) and int.from_bytes(data[len(shifted):len(shifted) + 2], "big") | 0x8080)
    write("korean", [ks, Charset("Cp949", "cp949", range(0x81, 0xFF), range(0x41, 0xFF), base=ks),
                     Charset("Johab", "johab", range(0x84, 0xFA), range(0x31, 0xFF))])


def four_bytes():
    """Ranges of the Basic Multilingual Plane whose codes in GB 18030 are four bytes, which count in a mixed base."""
    ranges = []
    for c in CHARACTERS:
        data = chr(c).encode("gb18030")
        if c > 0xFFFF or len(data) != 4:
            continue
        index = (((data[0] - 0x81) * 10 + data[1] - 0x30) * 126 + data[2] - 0x81) * 10 + data[3] - 0x30
        assert decoded("gb18030", data) == chr(c)
        if ranges and ranges[-1][1] == c - 1 and ranges[-1][2] + c - ranges[-1][0] == index:
            ranges[-1][1] = c
        else:
            ranges.append([c, c, index])
    rows = [f"{{{first:#x}, {last:#x}, {index}}}," for first, last, index in ranges]
    return ["constexpr struct { uint16_t first, last, index; } kFourBytes[] = {",
            *["  " + " ".join(rows[i:i + 5]) for i in range(0, len(rows), 5)], "};"]


def chinese():
    everything = range(0x81, 0xFF), range(0x40, 0xFF)
    gb2312 = Charset("Gb2312", "gb2312", *everything)
    gbk = Charset("Gbk", "gbk", *everything, base=gb2312)
    write("chinese", [gb2312, gbk, Charset("Gb18030", "gb18030", *everything, base=gbk)], four_bytes())


def taiwanese():
    everything = range(0x81, 0xFF), range(0x40, 0xFF)
    big5 = Charset("Big5", "big5", *everything)
    write("taiwanese", [big5, Charset("Cp950", "cp950", *everything, base=big5), Charset("Big5Hkscs", "big5hkscs", *everything, base=big5)])


for make in japanese, korean, chinese, taiwanese:
    make()
