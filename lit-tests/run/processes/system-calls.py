# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# os: reading at positions and in parts, copying, terminals, spawning, waiting, ids, scheduling, configuration.
import os
import signal
import socket
import stat
import sys
import tempfile
import termios
import tty

folder = tempfile.mkdtemp()
path = os.path.join(folder, "file")
fd = os.open(path, os.O_RDWR | os.O_CREAT)
print(os.write(fd, b"0123456789"), os.pread(fd, 3, 4), os.pwrite(fd, b"ab", 2), os.writev(fd, [b"x", bytearray(b"yz")]))
parts = [bytearray(4), bytearray(3)]
print(os.preadv(fd, parts, 1), parts, os.pwritev(fd, [b"AB", b"C"], 0), os.lseek(fd, 0, 0), os.readv(fd, parts), parts)
other = os.open(path + "2", os.O_RDWR | os.O_CREAT)
print(os.sendfile(other, fd, 0, 5), os.copy_file_range(fd, other, 4, offset_src=0, offset_dst=5), os.pread(other, 20, 0))
print(os.posix_fallocate(other, 0, 100), os.fstat(other).st_size, os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_NORMAL), os.lockf(fd, os.F_LOCK, 0))
print(os.fstatvfs(fd).f_bsize == os.statvfs(path).f_bsize, os.fchown(fd, -1, -1), os.lchown(path, -1, -1))
os.mknod(path + "3", 0o600 | stat.S_IFIFO)
print(stat.S_ISFIFO(os.stat(path + "3").st_mode), os.makedev(8, 1) == os.makedev(os.major(2049), os.minor(2049)))

master, slave = os.openpty()
print(os.isatty(slave), termios.tcgetwinsize(slave), termios.tcgetattr(slave)[6][:3])
termios.tcsetwinsize(slave, (25, 80))
tty.setraw(slave)
print(termios.tcgetwinsize(slave), os.get_terminal_size(slave), termios.tcgetattr(slave)[3] & termios.ECHO)
os.write(master, b"typed")
print(os.read(slave, 10))

event = os.eventfd(2)
os.eventfd_write(event, 3)
print(os.eventfd_read(event))
memory = os.memfd_create("name")
print(os.write(memory, b"abc"), os.fstat(memory).st_size)

pid = os.posix_spawn("/bin/sh", ["sh", "-c", "echo $VALUE; exit 3"], {"VALUE": "spawned"},
                     file_actions=[(os.POSIX_SPAWN_DUP2, memory, 1)], setsigmask=[signal.SIGUSR1])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.pread(memory, 20, 0))
pid = os.posix_spawnp(sys.executable, [sys.executable, "-c", "raise SystemExit(5)"], os.environ)
result = os.waitid(os.P_PID, pid, os.WEXITED)
print(result.si_status, result.si_code == os.CLD_EXITED, result.si_signo == signal.SIGCHLD)
pid = os.fork()
if pid == 0:
    os._exit(7)
child, status, usage = os.wait4(pid, 0)
print(child == pid, os.WEXITSTATUS(status), usage.ru_maxrss > 0)

print(os.getresuid() == (os.getuid(),) * 3, os.setuid(os.getuid()), os.setresgid(-1, -1, -1), 0 in os.getgrouplist("root", 0))
print(os.getpriority(os.PRIO_PROCESS, 0) == os.nice(0), os.sched_getscheduler(0), os.sched_getparam(0), os.sched_get_priority_max(os.SCHED_FIFO))
print(os.sched_setaffinity(0, os.sched_getaffinity(0)), os.sched_param(3))
print(os.sysconf("SC_PAGESIZE"), os.confstr("CS_PATH"), os.pathconf(folder, "PC_NAME_MAX"), os.fpathconf(fd, "PC_PATH_MAX"))
print(len(os.sysconf_names), os.sysconf_names["SC_OPEN_MAX"], os.confstr_names["CS_PATH"], os.pathconf_names["PC_NAME_MAX"])
for bad in (lambda: os.sysconf("SC_NONE"), lambda: os.setuid("x"), lambda: os.setuid(2**40), lambda: os.posix_spawn("/bin/true", [], {}),
            lambda: os.posix_spawn("/nonexistent/file", ["x"], {}), lambda: os.getxattr(path, "user.none"), lambda: os.sched_setparam(0, 3),
            lambda: os.writev(fd, 3), lambda: os.pread(fd, -1, 0), lambda: os.setgroups(3), lambda: os.wait4(2**31 - 1, 0)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).replace(folder, ""))

# Room for more bytes than there can be is refused, not died of.
ours, theirs = socket.socketpair()
ours.send(b"abc")
for fill in (lambda n: os.read(fd, n), lambda n: os.pread(fd, n, 0), os.urandom, theirs.recv, theirs.recvfrom, theirs.recvmsg, lambda n: theirs.recvmsg(1, n)):
    for n in (1 << 50, (1 << 63) - 1, 1 << 70, -1):
        try:
            print(fill(n))
        except (MemoryError, ValueError, OverflowError, OSError) as e:
            print(type(e).__name__, e)
print(theirs.recv(1), theirs.recvmsg(1 << 16), len(os.urandom(1)), len(os.urandom(1 << 16)))
