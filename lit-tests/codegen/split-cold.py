# What is reached over unlikely edges alone stands in a section of its own, and its calls have a record of their own. Not with -g.
# RUN: krait emit --asm %s | FileCheck %s
# RUN: krait emit --asm -g %s | FileCheck --check-prefix=WHOLE %s


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    # CHECK-LABEL: {{^}}__main__.Point.distance:
    # CHECK-NOT: krt_traceback_add
    # CHECK: ret
    # CHECK: .section .text.split.__main__.Point.distance,"ax"
    # CHECK-NEXT: {{^}}__main__.Point.distance.cold:
    # CHECK: callq krt_traceback_add
    # CHECK: .section krt_sites,"ao",@progbits,__main__.Point.distance,
    # CHECK: .section krt_sites,"ao",@progbits,__main__.Point.distance.cold,
    # WHOLE-NOT: .text.split
    def distance(self):
        return (self.x * self.x + self.y * self.y) ** 0.5
