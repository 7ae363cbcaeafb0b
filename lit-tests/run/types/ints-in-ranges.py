# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# Ints in ranges: small ones, and what leaves 64 bits.
import sys
big = 2 ** 62 - 1
some = [-big - 1, -big, -10, -3, -1, 0, 1, 2, 3, 7, 8, 9, big - 1, big, big + 1, 2 ** 63, 2 ** 70, True, False]
ranges = [range(8), range(2, 8), range(2, 8, 3), range(8, 2, -2), range(0), range(5, 5), range(-big, big), range(-big - 1, big, 7), range(big, -big, -big), range(2 ** 70), range(2 ** 62, 2 ** 63, 2 ** 61), range(-3, big + 1)]
for r in ranges:
    print(r, [x in r for x in some], [x not in r for x in some].count(True))
def near(board, x, y):
    return x not in range(8) or y not in range(2, 8, 2), board[x] in range(*board)
print([near([0, 9, 2], x, y) for x in range(3) for y in range(5)])
print([x in range(8) for x in (2.0, 2.5, None, 'a', 8.0)])
