# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# htons() and its like: what they take, and what they say of the rest.
import socket

for function in (socket.ntohs, socket.htons, socket.ntohl, socket.htonl):
    for value in (0, 258, 2**16 - 1, 2**16, -1, 2**31 - 1, 2**31, 2**32 - 1, 2**32, -(2**31) - 1, 2**63, 2**64, 2**70, -(2**70), "x", 1.5, True):
        try:
            print(function.__name__, value, function(value))
        except (OverflowError, TypeError) as e:
            print(function.__name__, value, type(e).__name__, e)
