# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Descriptors, modes, flags, processes and signals are C ints: none is cut to one.
import fcntl, gc, marshal, os, select, signal, sys, time

far = 999999
wide = [2**32 + far, -(2**32) - far, 2**31 + far, -(2**31) - far, 2**63, -(2**63) - 1, 2**64 + far]


def say(name, function, values=wide + ["x", 1.5, None]):
    for value in values:
        try:
            function(value)
            print(name, value, "taken")
        except (OverflowError, TypeError, ValueError) as e:
            print(name, value, type(e).__name__, e)


try:
    os.close(2**32 + 1)
except OverflowError as e:
    print("standard output is open:", e)
for name in """close dup isatty ttyname fsync fdatasync fstat fstatvfs fchdir get_inheritable get_blocking device_encoding tcgetpgrp
               eventfd_read getpgid getsid pidfd_open sched_getaffinity sched_getscheduler major minor
               WIFEXITED WEXITSTATUS WIFSIGNALED WTERMSIG WIFSTOPPED WSTOPSIG WCOREDUMP WIFCONTINUED""".split():
    say(name, getattr(os, name), wide[:2] + wide[4:] + ["x"] if name not in ("major", "minor") else wide[5:] + ["x", 1.5])
say("get_terminal_size", os.get_terminal_size, wide)
say("strerror", os.strerror, wide)
say("umask", os.umask, wide)
say("_exit", os._exit)
say("dup2", lambda v: os.dup2(v, 5))
say("dup2 to", lambda v: os.dup2(far, v))
say("read", lambda v: os.read(v, 5))
say("write", lambda v: os.write(v, b""))
say("lseek", lambda v: os.lseek(v, 0, 0))
say("lseek how", lambda v: os.lseek(far, 0, v))
say("lseek to", lambda v: os.lseek(far, v, 0), wide[4:])
say("open", lambda v: os.open("no such file", v))
say("open mode", lambda v: os.open("no such file", 0, v))
say("dir_fd", lambda v: os.open("no such file", 0, dir_fd=v), wide + ["x"])
say("pipe2", os.pipe2, wide)
say("ftruncate", lambda v: os.ftruncate(v, 0))
say("truncate", lambda v: os.truncate("no such file", v), wide[4:])
say("closerange", lambda v: os.closerange(v, 0))
say("set_inheritable", lambda v: os.set_inheritable(v, True))
say("set_inheritable how", lambda v: os.set_inheritable(far, v))
say("set_blocking how", lambda v: os.set_blocking(far, v))
say("mkdir", lambda v: os.mkdir("no such folder/x", v))
say("mkfifo", lambda v: os.mkfifo("no such folder/x", v))
say("chmod", lambda v: os.chmod("no such file", v))
say("fchmod", lambda v: os.fchmod(v, 0))
say("fchmod mode", lambda v: os.fchmod(far, v))
say("access", lambda v: os.access("no such file", v))
say("kill", lambda v: os.kill(v, 0))
say("kill signal", lambda v: os.kill(2**31 - 1, v), wide[4:] + ["x"])
say("killpg signal", lambda v: os.killpg(2**31 - 1, v))
say("waitpid", lambda v: os.waitpid(v, 0))
say("waitpid how", lambda v: os.waitpid(2**31 - 1, v))
say("wait4", lambda v: os.wait4(v, 0))
say("waitid", lambda v: os.waitid(v, 0, 0))
say("setpgid", lambda v: os.setpgid(v, 0))
say("setpgid group", lambda v: os.setpgid(2**31 - 1, v))
say("getpriority", lambda v: os.getpriority(v, 0))
say("getrandom", lambda v: os.getrandom(5, v))
say("eventfd", os.eventfd, [2**32, -1, 2**63, 2**64, "x", 1.5])
say("fpathconf", lambda v: os.fpathconf(v, "PC_LINK_MAX"))
say("utime", lambda v: os.utime("no such folder/x", (v, v)), [2**64, "x", float("nan"), float("inf"), 1e30])
say("utime ns", lambda v: os.utime("no such folder/x", ns=(v, v)), [2**100, "x", None])

say("fcntl", lambda v: fcntl.fcntl(far, v))
say("flock", lambda v: fcntl.flock(far, v))
say("lockf", lambda v: fcntl.lockf(far, v))
say("lockf length", lambda v: fcntl.lockf(far, 1, v), wide[4:] + ["x"])
say("lockf whence", lambda v: fcntl.lockf(far, 1, 0, 0, v))
say("ioctl", lambda v: fcntl.ioctl(far, 1, v), wide + [1.5])
say("poll", lambda v: select.poll().register(1, v), [2**16, -1, 2**63, 2**64, "x"])
e = select.epoll()
say("epoll", select.epoll)
say("epoll flags", lambda v: select.epoll(-1, v))
say("fromfd", select.epoll.fromfd)
say("epoll most", lambda v: e.poll(0, v))

for name in "getsignal strsignal raise_signal alarm getitimer set_wakeup_fd".split():
    say(name, getattr(signal, name))
say("signal", lambda v: signal.signal(v, print))
say("setitimer", lambda v: signal.setitimer(v, 0))
say("setitimer seconds", lambda v: signal.setitimer(0, v), ["x", float("nan"), 1e30])
say("siginterrupt", lambda v: signal.siginterrupt(10, v))
say("pthread_sigmask", lambda v: signal.pthread_sigmask(v, []))
say("pthread_kill", lambda v: signal.pthread_kill(v, 0), ["x", 1.5, None])
say("default_int_handler", signal.default_int_handler, [1])

say("clock_gettime", time.clock_gettime)
say("clock_getres", time.clock_getres)
say("collect", gc.collect)
say("set_debug", gc.set_debug)
say("set_threshold", gc.set_threshold)
say("get_objects", gc.get_objects, ["x", 1.5, 2**63, -2, 3])
say("_getframe", sys._getframe, wide[::2] + ["x"])
say("set_int_max_str_digits", sys.set_int_max_str_digits)
say("set_coroutine_origin_tracking_depth", sys.set_coroutine_origin_tracking_depth)
say("dumps", lambda v: marshal.dumps(1, v))
