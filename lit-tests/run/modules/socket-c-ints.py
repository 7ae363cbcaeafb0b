# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What the functions of sockets say of numbers that are no C ints, and of names and buffers that are none.
import socket

wide = [2**32 + 999999, -(2**32) - 999999, 2**31, -(2**31) - 1, 2**63, -(2**63) - 1]


def say(name, function, values=wide + ["x", 1.5, None]):
    for value in values:
        try:
            function(value)
            print(name, value, "taken")
        except (OverflowError, TypeError, ValueError, OSError) as e:
            print(name, value, type(e).__name__, e)


s = socket.socket()
say("recv flags", lambda v: s.recv(1, v))
say("send", lambda v: s.send(b"", v))
say("sendall", lambda v: s.sendall(b"", v))
say("listen", s.listen, wide + ["x"])
say("level", lambda v: s.setsockopt(v, 2, 1))
say("option", lambda v: s.setsockopt(1, v, 1))
say("value", lambda v: s.setsockopt(1, 2, v))
say("length", lambda v: s.setsockopt(1, 2, None, v), ["x", 1.5, None])
say("length without None", lambda v: s.setsockopt(1, 2, v, 4), [5, "x"])
say("getsockopt", lambda v: s.getsockopt(v, 2))
say("shutdown", s.shutdown)
say("setblocking", s.setblocking, [2**63, "x", 1.5, None])
say("bind", lambda v: s.bind(("", v)), wide + [70000, "x"])
say("bind host", lambda v: s.bind((v, 0)), [5, 1.5])
say("recv_into", s.recv_into, [b"x", "x", None])
say("sendmsg", s.sendmsg, [5, [5], None])
say("ancillary", lambda v: s.sendmsg([b"x"], v), [5, [5], [(1, 2)], [(2**32, 1, b"")]])
say("recvmsg_into", s.recvmsg_into, [5, [5], [b"x"], None])
say("inet_pton", lambda v: socket.inet_pton(v, "1"))
say("inet_ntop", lambda v: socket.inet_ntop(v, b"1234"))
say("inet_ntoa", socket.inet_ntoa, [b"", b"12345"])
say("inet_aton", socket.inet_aton, [None, 5])
for name in "gethostbyaddr gethostbyname gethostbyname_ex".split():
    say(name, getattr(socket, name), [None, 5, 1.5])
say("getservbyname", socket.getservbyname, [None, 5])
say("getprotobyname", socket.getprotobyname, [None, 5])
say("getservbyport", socket.getservbyport, wide + [-1, 70000, "x"])
say("getaddrinfo", lambda v: socket.getaddrinfo(v, 1), [5, 1.5, []])
say("family", lambda v: socket.getaddrinfo("127.0.0.1", 1, v), wide + ["x"])
say("getnameinfo", lambda v: socket.getnameinfo(v, 0), [5, None, (), (1,), ("127.0.0.1", 2**32)])
say("getnameinfo flags", lambda v: socket.getnameinfo(("127.0.0.1", 1), v))
say("if_indextoname", socket.if_indextoname, [-1, 2**64, "x", None])
say("CMSG_LEN", socket.CMSG_LEN)
say("close", socket.close, wide[4:] + ["x"])
say("socketpair", socket.socketpair, wide + ["x", 1.5])
