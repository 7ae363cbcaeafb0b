# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The order of a set display of three constants or more is that of a constant, which CPython's compiler makes twice.
one = 1
print({7, 15}, {7, 15, 1}, {7, 15, 1, 23}, {7, 15, one}, {7, 15, 1, *[23]})
for value in {7, 15, 1}:
    print(value)
for value in {7, 15}:
    print(value)
grown = {7, 15, 1}
grown.add(31)
print(grown, set([7, 15, 1]), frozenset([7, 15, 1]), {*{7, 15, 1}})
print({23, 15, 7, 31, 39}, {value for value in {23, 15, 7, 31, 39}})
print((lambda: 0 in {7, 15, 1}).__code__.co_consts)
print(eval("{7, 15, 1}"), [*{15, 7, 23}])
