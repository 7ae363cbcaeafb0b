# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# &, | and ^ of ints of one to seven limbs and either sign, low limbs of zeros included.
import hashlib


def numbers():
    seed = 12345
    for limbs in range(8):
        for zeros in (0, 1, limbs // 2):
            if zeros > limbs:
                continue
            for sign in (1, -1):
                seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
                n = 0
                for _ in range(limbs - zeros):
                    seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
                    n = n * 2**64 + seed
                n *= 2 ** (64 * zeros)
                yield sign * n
                yield sign * (2 ** (64 * limbs) - 1)
                yield sign * 2 ** (64 * limbs)
                yield sign * (2 ** (64 * limbs) + 1)


all_numbers = list(numbers()) + [0, 1, -1, 2**62, -(2**62), -(2**62) - 1, 2**63, -(2**63), True, False]
print(len(all_numbers))
for name, op in (("and", int.__and__), ("or", int.__or__), ("xor", int.__xor__)):
    digest = hashlib.md5()
    for a in all_numbers:
        for b in all_numbers:
            digest.update(b"%x " % op(a, b) if op(a, b) >= 0 else b"-%x " % -op(a, b))
    print(name, digest.hexdigest())
wrong = 0
for a in all_numbers:
    if ~a != -a - 1 or ~~a != a or type(~a) is not int:
        wrong += 1
    for b in all_numbers:
        both, either, one = a & b, a | b, a ^ b
        if either - both != one or both + either != a + b or both & ~either or ~(a & b) != ~a | ~b:
            wrong += 1
print(wrong, -(2**64) & 2**64, -(2**128) & -(2**64), 5 & 2**100, -1 & 2**100 == 2**100)
