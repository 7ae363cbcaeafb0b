# RUN: krait run %s | diff %s.out -
# A format may have surrogates, which come out as they went in.
import time

moment = (2020, 1, 2, 3, 4, 5, 3, 2, 0)
for form in ("\ud800", "a\ud800%Y", "%d\udc80é%m", "é"):
    print(ascii(time.strftime(form, moment)))
