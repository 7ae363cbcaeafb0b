# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The class of functions is reached without its name, and given code and other globals.
def of_globals():
    return value


function_class = type(of_globals)
code = of_globals.__code__
print(function_class(code, {"value": 1})(), function_class(code, {"value": 2})())

maker = (lambda: (lambda: value)).__code__
print(function_class(maker, {"value": 3})()())
