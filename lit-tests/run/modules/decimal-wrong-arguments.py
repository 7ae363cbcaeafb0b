# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What decimal says of calls with wrong arguments: its methods that parse a tuple have no name.
import decimal
from decimal import Decimal

number, context = Decimal(3), decimal.Context()


def attempt(f, *arguments, **named):
    try:
        return f(*arguments, **named)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for name in ("compare", "quantize", "fma", "exp", "is_normal", "__round__", "__format__", "is_nan", "copy_abs", "conjugate", "as_tuple", "to_eng_string",
             "to_integral_value", "__copy__"):
    method = getattr(number, name)
    for arguments, named in (((), {}), ((1, 2), {}), ((1, 2, 3), {}), ((1, 2, 3, 4), {}), ((), {"x": 1}), ((1,), {"other": 2}), ((), {"context": 1})):
        print(name, arguments, named, attempt(method, *arguments, **named))
for name in ("add", "abs", "divmod", "fma", "power", "compare_total", "create_decimal", "is_nan", "clear_flags", "to_sci_string"):
    method = getattr(context, name)
    for arguments, named in (((), {}), ((1,), {}), ((1, 2, 3, 4), {}), ((), {"x": 1}), ((1,), {"a": 1})):
        print(name, arguments, named, attempt(method, *arguments, **named))
print(attempt(Decimal.compare), attempt(Decimal.compare, number), attempt(Decimal.compare, 1, 2), attempt(decimal.Context.add, context, 1), sep="\n")
for arguments, named in (((1, 2), {}), ((), {"x": 1}), ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), {})):
    print(attempt(decimal.localcontext, *arguments, **named))
with decimal.localcontext(decimal.Context(), 5) as local:
    print(local.prec)


class OwnIteration(list):
    def __iter__(self):
        return iter("abc")


print(Decimal(OwnIteration([1, (2, 3), -1])))
