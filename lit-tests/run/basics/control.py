# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Branches and loops, with else, break and continue.
for i in range(10):
    if i == 3:
        continue
    if i == 7:
        break
    print(i, end=" ")
else:
    print("not reached")
print()
n = 0
while n < 5:
    n += 1
    if n % 2:
        continue
    print("even", n)
else:
    print("done", n)
for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == j:
            continue
        print(i, j)
print([x * y for x in range(4) for y in range(4) if x != y])
print({k: v for k, v in zip("abc", range(3))}, {c for c in "aaa"}, list(i for i in range(3)))
print("yes" if n else "no", n and "and", not n or "or")
match [1, 2, {"k": 3}]:
    case [a, b, {"k": c}] if c > 2:
        print("matched", a, b, c)
    case _:
        print("no")
print(all(x > 0 for x in (1, 2)), any(x > 1 for x in (1, 2)), sum(range(101)))
