# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Wrong numbers of arguments to the methods of exception groups.
group = ExceptionGroup("m", [ValueError(1), TypeError(2)])
for name in "split", "subgroup", "derive":
    method = getattr(group, name)
    for arguments, named in ((), {}), ((1, 2), {}), ((), {"x": 1}), ((ValueError,), {"x": 1}), ((5,), {}):
        try:
            print(name, method(*arguments, **named))
        except TypeError as e:
            print(name, e)
