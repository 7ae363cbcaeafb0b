# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# RUN: krait explain %s | FileCheck %s
# A function that is too large for a version as a whole has one of its loops; each has its own locals, and the others stay what they are.
# CHECK: {{^ +[0-9]+ .*}}│ def large(numbers, way, kept):
# CHECK-NEXT: + has a version: raw {{.*}}total1 float


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def fail(n):
    return 1 // n


def large(numbers, way, kept):
    early = 0.25
    loud = Loud("loud")
    again = None
    total0 = 0.5
    best0 = -1
    for x0 in numbers:
        total0 += x0 * early + 0
        if x0 > best0:
            best0 = x0
    near0 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total0 % 7:
                near0 += 1
            elif way == 0 and i == 5:
                return total0, near0, loud.name, early
    for i in range(6):
        try:
            near0 += fail(3 - i) if way == 100 else i
        except ZeroDivisionError as error:
            kept.append((error.__traceback__.tb_lineno, i, near0))
            early = early + 1 if i > 4 else early
    total1 = 1.5
    best1 = -1
    for x1 in numbers:
        total1 += x1 * early + 1
        if x1 > best1:
            best1 = x1
    near1 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total1 % 7:
                near1 += 1
            elif way == 1 and i == 5:
                return total1, near1, loud.name, early
    while near1 > 10:
        near1 -= 3
        if near1 == 12 + way:
            early = 0.125
            break
    total2 = 2.5
    best2 = -1
    for x2 in numbers:
        total2 += x2 * early + 2
        if x2 > best2:
            best2 = x2
    near2 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total2 % 7:
                near2 += 1
            elif way == 2 and i == 5:
                return total2, near2, loud.name, early
    words2 = {}
    for c in "abcabcaab":
        words2[c] = words2.get(c, 0) + total2
        if way == 2 + 200 and c == "c":
            again = Loud("again 2")
            del loud
            loud = again
            break
    total3 = 3.5
    best3 = -1
    for x3 in numbers:
        total3 += x3 * early + 3
        if x3 > best3:
            best3 = x3
    near3 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total3 % 7:
                near3 += 1
            elif way == 3 and i == 5:
                return total3, near3, loud.name, early
    for i in range(6):
        try:
            near3 += fail(3 - i) if way == 103 else i
        except ZeroDivisionError as error:
            kept.append((error.__traceback__.tb_lineno, i, near3))
            early = early + 1 if i > 4 else early
    total4 = 4.5
    best4 = -1
    for x4 in numbers:
        total4 += x4 * early + 4
        if x4 > best4:
            best4 = x4
    near4 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total4 % 7:
                near4 += 1
            elif way == 4 and i == 5:
                return total4, near4, loud.name, early
    while near4 > 10:
        near4 -= 3
        if near4 == 12 + way:
            early = 0.125
            break
    total5 = 5.5
    best5 = -1
    for x5 in numbers:
        total5 += x5 * early + 5
        if x5 > best5:
            best5 = x5
    near5 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total5 % 7:
                near5 += 1
            elif way == 5 and i == 5:
                return total5, near5, loud.name, early
    words5 = {}
    for c in "abcabcaab":
        words5[c] = words5.get(c, 0) + total5
        if way == 5 + 200 and c == "c":
            again = Loud("again 5")
            del loud
            loud = again
            break
    total6 = 6.5
    best6 = -1
    for x6 in numbers:
        total6 += x6 * early + 6
        if x6 > best6:
            best6 = x6
    near6 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total6 % 7:
                near6 += 1
            elif way == 6 and i == 5:
                return total6, near6, loud.name, early
    for i in range(6):
        try:
            near6 += fail(3 - i) if way == 106 else i
        except ZeroDivisionError as error:
            kept.append((error.__traceback__.tb_lineno, i, near6))
            early = early + 1 if i > 4 else early
    total7 = 7.5
    best7 = -1
    for x7 in numbers:
        total7 += x7 * early + 7
        if x7 > best7:
            best7 = x7
    near7 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total7 % 7:
                near7 += 1
            elif way == 7 and i == 5:
                return total7, near7, loud.name, early
    while near7 > 10:
        near7 -= 3
        if near7 == 12 + way:
            early = 0.125
            break
    total8 = 8.5
    best8 = -1
    for x8 in numbers:
        total8 += x8 * early + 8
        if x8 > best8:
            best8 = x8
    near8 = 0
    for i in range(len(numbers)):
        for j in range(i, min(i + 3, len(numbers))):
            if numbers[i] + numbers[j] > total8 % 7:
                near8 += 1
            elif way == 8 and i == 5:
                return total8, near8, loud.name, early
    words8 = {}
    for c in "abcabcaab":
        words8[c] = words8.get(c, 0) + total8
        if way == 8 + 200 and c == "c":
            again = Loud("again 8")
            del loud
            loud = again
            break
    if way == 300:
        for i in range(4):
            early = early / (2 - i)
    return [round(total0, 3), best0, near0, round(total1, 3), best1, near1, round(total2, 3), best2, near2, round(total3, 3), best3, near3, round(total4, 3), best4, near4, round(total5, 3), best5, near5, round(total6, 3), best6, near6, round(total7, 3), best7, near7, round(total8, 3), best8, near8], early, loud.name, sorted(words2.items())


numbers = [k * 1.5 % 11 for k in range(30)]
for way in (-1, 0, 3, 8, 100, 103, 106, 202, 208, 2, 5, 300):
    kept = []
    try:
        print(way, large(numbers, way, kept), kept)
    except ZeroDivisionError as error:
        print(way, error, error.__traceback__.tb_next.tb_lineno)
for other in ([1, 2, 3] * 10, [2**70, 1.5, True] * 3, ["a"]):
    try:
        print(large(other, -1, []))
    except TypeError as error:
        print(error, error.__traceback__.tb_next.tb_lineno)
