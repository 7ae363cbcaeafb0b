# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Chains of 100,000 objects of every kind that holds others, dropped: no stack is deep enough to recurse.
from Inputs.nesting import makers, nest
for name, make in makers.items():
    x = nest(make, 100000)
    del x
    print(name, 'gone')
