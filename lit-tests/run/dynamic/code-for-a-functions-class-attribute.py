# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# As code-for-a-functions-class.py, by __class__.
def of_globals():
    return value


function_class = of_globals.__class__
code = of_globals.__code__
print(function_class(code, {"value": 1})(), function_class(code, {"value": 2})())

maker = (lambda: (lambda: value)).__code__
print(function_class(maker, {"value": 3})()())
