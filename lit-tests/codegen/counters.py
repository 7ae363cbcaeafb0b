# RUN: krait emit --asm -O2 %s | awk '/p2align/ {text = ""} {text = text "\n" $0} /mulsd/ {isIt = 1} /jne/ && isIt && text ~ /mulsd.*incq/ {print text; exit}' | FileCheck %s
# A loop over indices has one register that counts: what a way out hands over follows from it there. And the place of a list's items is no matter of
# what kinds of items it has, which each store says anew.
# It looks for signals every so many rounds.


def scale(row, top, x, n):
    for k in range(n):
        row[k] = row[k] - x * top[k]


# CHECK: {{^}}[[LOOP:.*]]:
# CHECK-NOT: {{inc|dec|lea|[^0-9](16|24)\(%r}}
# CHECK: mulsd
# CHECK-NOT: {{inc|dec|lea|[^0-9](16|24)\(%r}}
# CHECK-NOT: krt_hot
# CHECK: incq
# CHECK-NEXT: decq
# CHECK-NEXT: jne [[LOOP]]

row = [1.0, 2.0, 3.0]
scale(row, row, 0.5, 3)
print(row)
