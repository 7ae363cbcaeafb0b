# RUN: krait emit --ir -O2 %s | FileCheck %s
# RUN: krait emit --ir -O0 %s | FileCheck --check-prefix=NONE %s
# RUN: krait emit --ir -O2 --observe frames %s | FileCheck --check-prefix=NONE %s
# Where a module's body has much in loops, those that stand in nothing else are functions with the body's sites.
# NONE-NOT: outlined.run
# CHECK: function @0 "<module>" {{.*}} module line 1
# CHECK: site {{[0-9]+}} 23:
# CHECK: outlined.run @[[FIRST:[0-9]+]]
# CHECK: outlined.run @[[CHOSEN:[0-9]+]]
# CHECK: function @[[FIRST]] "<module>" {{.*}} module line 23 span 23:0-28:{{[0-9]+}} outlined @0
# CHECK-NOT: site
# CHECK: inplace.add {{.*}} !
# CHECK-NOT: frame.leave
# CHECK: ret
# CHECK: function @[[CHOSEN]] "<module>" {{.*}} outlined @0
import sys

numbers = list(range(100))
total = 0
longest = 0
text = "the loops of this module's body are long enough, all together, to be divided into functions"

for first in numbers:
    for second in numbers:
        if first * second % 7 == 3 and first > second:
            total += first
        elif first + second == 100:
            total -= second
if total > 3:
    while total > 100:
        total //= 2
        longest = max(longest, total)
        if longest > 10_000_000:
            print("a large number, which nobody had expected here, and which is said at some length", longest, total, sep="; ")
        elif not longest and total == 101:
            print("another one, of which the same is to be said, and as many words are made of it", longest, total, sep="; ")
try:
    for word in text.split():
        if len(word) > longest and word.isalpha() and not word.startswith("the"):
            longest = len(word)
            print("the longest word so far is", word, "with", longest, "characters")
finally:
    print(total, longest)
with open("/dev/null") as empty:
    for line in empty:
        print("there is something in nothing:", line, file=sys.stderr)
