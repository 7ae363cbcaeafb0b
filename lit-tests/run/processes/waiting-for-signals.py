# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# signal: waiting with information, timers, wake-up descriptors, arguments that are refused.
import os
import signal
import socket
import time
import _thread

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
os.kill(os.getpid(), signal.SIGUSR1)
info = signal.sigwaitinfo([signal.SIGUSR1])
print(info.si_signo == signal.SIGUSR1, info.si_pid == os.getpid(), len(info))
print(signal.sigtimedwait([signal.SIGUSR1], 0.01))
signal.pidfd_send_signal(os.pidfd_open(os.getpid()), signal.SIGUSR1)
print(signal.sigtimedwait([signal.SIGUSR1], 5).si_signo == signal.SIGUSR1)

alarms = []
signal.signal(signal.SIGALRM, lambda *a: alarms.append(a[0]))
signal.setitimer(signal.ITIMER_REAL, 1e-9)
while not alarms:
    time.sleep(0.01)
print(alarms == [signal.SIGALRM])
ours, theirs = socket.socketpair()
ours.setblocking(False)
theirs.setblocking(False)
print(signal.set_wakeup_fd(theirs.fileno()))
signal.raise_signal(signal.SIGALRM)
print(ours.recv(1) == bytes([signal.SIGALRM]), signal.set_wakeup_fd(-1) == theirs.fileno())
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    _thread.interrupt_main()
    print("not reached")
except KeyboardInterrupt:
    print("interrupted")
try:
    signal.pidfd_send_signal(os.pidfd_open(os.getpid()), signal.SIGINT)
    print("not reached")
except KeyboardInterrupt:
    print("interrupted by ourselves")
theirs.setblocking(True)
for bad in (lambda: signal.set_wakeup_fd(theirs.fileno()), lambda: signal.set_wakeup_fd(9999), lambda: signal.setitimer(-1, 0),
            lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [1 << 100]), lambda: signal.sigtimedwait([signal.SIGUSR1], -1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, str(e).replace(str(theirs.fileno()), "FD"))
