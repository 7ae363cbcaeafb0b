# What is reached over unlikely edges alone stands in a section of its own, and its calls have a record of their own. Not with -g.
# RUN: krait emit --asm %s | FileCheck %s
# RUN: krait emit --asm -g %s | FileCheck --check-prefix=WHOLE %s


# A loop ends once in many rounds, and what stands behind it runs as often as the function.
# CHECK-LABEL: {{^}}__main__.farthest:
# CHECK-NOT: .text.split
# CHECK: $24691
# CHECK: .section .text.split.__main__.farthest,"ax"
def farthest(points):
    best = 0
    for p in points:
        best = max(best, p.distance())
    return divmod(best, 12345)


# CHECK-LABEL: {{^}}__main__.names:
# CHECK-NOT: .text.split
# CHECK: $24693
# CHECK: .section .text.split.__main__.names,"ax"
def names(points):
    found = []
    for name, point in points.items():
        found.append(name)
    return divmod(len(found), 12346)


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
    # WHOLE-NOT: .text.split
    def distance(self):
        return (self.x * self.x + self.y * self.y) ** 0.5


# CHECK: .section krt_sites,"ao",@progbits,__main__.Point.distance,
# CHECK: .section krt_sites,"ao",@progbits,__main__.Point.distance.cold,
for n in range(3):
    print(farthest([Point(3, n)]), names({n: Point(1, 2)}))
