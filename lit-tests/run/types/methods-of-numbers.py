# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Sites that call methods of small and large ints, floats, bools and what is derived from them, in all orders.


class Number(int):
    def bit_length(self):
        return "own"


class Plain(int):
    pass


class Other:
    def bit_length(self):
        return "other"

    def to_bytes(self, *args, **named):
        return args, named


def lengths(values):
    return [v.bit_length() for v in values]


def texts(values):
    return [v.to_bytes(12, "big", signed=True)[-2:] if isinstance(v, int) else v.to_bytes(12, "big") for v in values]


def named(values):
    return [v.to_bytes(byteorder="little", length=10) for v in values]


def loaded(values):
    return [v.__add__(*[1]) for v in values]


def ratios(values):
    return [v.as_integer_ratio() for v in values]


def failed(f, values):
    for v in values:
        try:
            print(f([v]))
        except (AttributeError, TypeError, OverflowError) as e:
            print(type(e).__name__, e)


mixed = [5, 1 << 80, True, Number(7), Other(), Plain(9), 0, -1]
for _ in range(3):
    print(lengths(mixed))
    print(lengths(mixed[::-1]))
for _ in range(3):
    print(texts([5, 1 << 80, 0, Number(7)]), texts([Other(), 3]))
    print(named([5, 1, True, Other(), 1 << 70]))
    print(loaded([5, 2.5, True, 1 << 90, 0.0, Plain(3)]))
    print(ratios([0.5, 3, 2.0, True, -0.25, 1 << 70]))
failed(lengths, [5, 1.5, "a", None, 6])
failed(named, [5, -1, 2.5, 6])
Number.bit_length = int.bit_length
print(lengths(mixed))
Plain.bit_length = lambda self: "given"
print(lengths(mixed))
del Number.bit_length, Plain.bit_length
print(lengths(mixed))
