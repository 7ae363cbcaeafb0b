# RUN: krait emit --asm -O2 %s | awk '/p2align/ {n = 0} {lines[n++] = $0} /text.split.__main__.scale,/ {for (i = 0; i < n; ++i) print lines[i]}' | FileCheck %s
# A loop over indices has one register that counts: what a way out hands over follows from it there. And the place of a list's items is no matter of
# what kinds of items it has, which each store says anew.


def scale(row, top, x, n):
    for k in range(n):
        row[k] = row[k] - x * top[k]


# CHECK: {{^}}[[LOOP:.*]]:
# CHECK-NOT: {{inc|dec|lea|[^0-9](16|24)\(%r}}
# CHECK: mulsd
# CHECK-NOT: {{inc|dec|lea|[^0-9](16|24)\(%r}}
# CHECK: incq
# CHECK-NEXT: cmpq
# CHECK-NEXT: jne [[LOOP]]

row = [1.0, 2.0, 3.0]
scale(row, row, 0.5, 3)
print(row)
