# RUN: krait emit --ir -O2 --function total %s | FileCheck %s
# RUN: krait emit --llvm -O2 %s | FileCheck %s --check-prefix=LLVM
# The way on which a body that is done in place raises leads to nothing but the call itself: it is cold, and machine code is told so.
class Grid:
    def __init__(self, width):
        self.width = width
        self.items = [0.5] * width

    def at(self, x):
        if 0 <= x < self.width:
            return self.items[x]
        raise IndexError


# CHECK-LABEL: function {{.*}} "total"
# CHECK: shape.check
# CHECK: condbr %{{[0-9]+}}, ^[[GOOD:[0-9]+]], ^[[WAY:[0-9]+]]
# CHECK: ^[[WAY]]: cold version
# CHECK-NEXT: br ^[[CALL:[0-9]+]]
# CHECK: ^[[CALL]]: cold version
# What is asked again is marked, too: a class that is not known yet.
# LLVM-LABEL: define {{.*}} @__main__.total
# LLVM: getelementptr inbounds i8, ptr @methods
# LLVM: icmp eq i64
# LLVM-NEXT: br i1 {{.*}}, !prof
def total(grid, n):
    s = 0.0
    for x in range(n):
        s += grid.at(x)
    return s


print(total(Grid(10), 10))
