# RUN: krait run %s | diff %s.out -
# A Decimal's text by specifications: fill and alignment, signs, grouping with zeros in front, types, and another locale's marks.
from decimal import Decimal

values = [Decimal(v) for v in ("0", "-0", "1234567.895", "-0.004", "-1.5E-12", "3.7E+6", "12E+200", "NaN", "-Infinity")]
values.append(Decimal("-" + "9876543210" * 14 + ".25"))
for spec in ("", "f", ".2f", ",.2f", "012,.1f", "+.3e", " .4G", "<14.1f", "^+14.1f", "=14", "x>9.0f", "€^16,.2f", "é=+12", ".0%", "z.2f",
             "z.2F", "zg", "n", "030,"):
    print(repr(spec), [format(v, spec) for v in values])
for wrong in (",n", "<05", ".f", "5.2x", "d", "é", "999999999999999999999"):
    try:
        print(format(values[2], wrong))
    except (ValueError, MemoryError) as error:
        print(wrong, type(error).__name__, error)
for marks in ({"decimal_point": "€"}, {"thousands_sep": "'", "grouping": "\3\2"}, {"thousands_sep": ".", "decimal_point": ",", "grouping": "\1\2\177"},
              {"thousands_sep": "  ", "grouping": "\2"}, {"thousands_sep": "--", "decimal_point": "::", "grouping": "\1\4"}, {"grouping": ""}, {"decimal_point": ""}, {"thousands_sep": 5}):
    try:
        print([v.__format__(spec, marks) for v in values[:6] for spec in ("014,.2f", "14,.2f")])
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for spec in (".600000000", ".999999999999999999n", ".1000000000000000000"):
    for v in values[2], Decimal("NaN"):
        try:
            print(spec, format(v, spec))
        except (ValueError, MemoryError) as error:
            print(spec, type(error).__name__, error)

# A width of more than MAX_PREC is out of bounds whatever the number is, before memory is asked for.
for width in "=%d.1", "%d", "0%d", ">%d.2f":
    for number in "1.23456789", "NaN", "-Infinity", "0":
        for bound in 2**63 - 1, 2**62, 10**18, 10**15:
            try:
                format(Decimal(number), width % bound)
            except (ValueError, MemoryError) as e:
                print(width, number, bound, type(e).__name__, e)
