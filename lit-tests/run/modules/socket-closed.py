# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A socket that is closed says so at once, though it has a timeout.
import socket
import time

a, b = socket.socketpair()
a.settimeout(30)
a.close()
b.close()
began = time.monotonic()
for attempt in (lambda: a.send(b"x"), lambda: a.sendall(b"x"), lambda: a.recv(1), lambda: a.recv_into(bytearray(1)), lambda: a.recvfrom(1), lambda: a.accept(),
                lambda: a.sendto(b"x", "nowhere"), lambda: a.recvmsg(1), lambda: a.sendmsg([b"x"]), lambda: a.listen(), lambda: a.getsockname()):
    try:
        print(attempt())
    except OSError as e:
        print(type(e).__name__, e)
print(time.monotonic() - began < 20)
