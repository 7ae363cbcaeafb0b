# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is said of addresses that are none.
import socket

for family in socket.AF_INET, socket.AF_INET6:
    for address in ("::1",), ("::1", 1, 2, 3, 4), 5:
        for method, first in ("connect", ()), ("bind", ()), ("sendto", (b"x",)):
            with socket.socket(family) as s:
                try:
                    getattr(s, method)(*first, address)
                except TypeError as e:
                    print(method, e)
