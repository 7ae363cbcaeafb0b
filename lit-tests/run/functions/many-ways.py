# RUN: krait run %s | diff %s.out -
# A body with many branches has more ways through it than anybody can look at; whether it may be done in its caller's place is known
# long before.


def count(*values):
    return len(values)


def conditional(x, y):
    return count(
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
        x if y else 0, x if y else 1, x if y else 2, x if y else 3, x if y else 4, x if y else 5, x if y else 6, x if y else 7,
    )


for n in range(3):
    print(conditional(n, n % 2))


class Table:
    def kind_of(self, code):
        kind = 9
        if code == 0:
            kind = 0
        if code == 1:
            kind = 2
        if code == 2:
            kind = 4
        if code == 3:
            kind = 1
        if code == 4:
            kind = 3
        if code == 5:
            kind = 0
        if code == 6:
            kind = 2
        if code == 7:
            kind = 4
        if code == 8:
            kind = 1
        if code == 9:
            kind = 3
        if code == 10:
            kind = 0
        if code == 11:
            kind = 2
        if code == 12:
            kind = 4
        if code == 13:
            kind = 1
        if code == 14:
            kind = 3
        if code == 15:
            kind = 0
        if code == 16:
            kind = 2
        if code == 17:
            kind = 4
        if code == 18:
            kind = 1
        if code == 19:
            kind = 3
        if code == 20:
            kind = 0
        if code == 21:
            kind = 2
        if code == 22:
            kind = 4
        if code == 23:
            kind = 1
        if code == 24:
            kind = 3
        if code == 25:
            kind = 0
        if code == 26:
            kind = 2
        if code == 27:
            kind = 4
        if code == 28:
            kind = 1
        if code == 29:
            kind = 3
        if code == 30:
            kind = 0
        if code == 31:
            kind = 2
        if code == 32:
            kind = 4
        if code == 33:
            kind = 1
        if code == 34:
            kind = 3
        if code == 35:
            kind = 0
        if code == 36:
            kind = 2
        if code == 37:
            kind = 4
        if code == 38:
            kind = 1
        if code == 39:
            kind = 3
        return kind


def kinds(table, n):
    total = 0
    for i in range(n):
        total = total * 3 % 1000 + table.kind_of(i)
    return total


print(kinds(Table(), 60))
