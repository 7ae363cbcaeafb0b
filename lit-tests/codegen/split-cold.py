# What is reached over unlikely edges alone stands in a section of its own, and its calls have a record of their own. Not with -g.
# Fast instruction selection, which all of -O0 and what runs once has, leaves it to the branches to say what is unlikely.
# RUN: krait emit --asm %s | FileCheck --check-prefixes=CHECK,ONCE %s
# RUN: krait emit --asm -O0 %s | FileCheck --check-prefixes=CHECK,FAST %s
# RUN: krait emit --asm -g %s | FileCheck --check-prefix=WHOLE %s


# ONCE: .section ".text.split.__main__.<module>","ax"
# ONCE-NEXT: __main__.<module>.cold
# ONCE: callq krt_traceback_add


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


# What leads back from an error is a handler.
# FAST-LABEL: {{^}}__main__.known:
# FAST-NOT: .text.split
# FAST: $8485
# FAST: .section .text.split.__main__.known,"ax"
def known(points):
    try:
        found = points["origin"]
    except KeyError:
        found = 4242
    return found, 1


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
    print(farthest([Point(3, n)]), names({n: Point(1, 2)}), known({}))
