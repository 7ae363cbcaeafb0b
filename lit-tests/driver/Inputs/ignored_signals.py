import signal

for name in ("SIGHUP", "SIGINT", "SIGUSR2"):
    handler = signal.getsignal(getattr(signal, name))
    print(name, {signal.SIG_IGN: "ignored", signal.SIG_DFL: "default"}.get(handler, "caught"))
try:
    signal.raise_signal(signal.SIGINT)
    print("still here")
except KeyboardInterrupt:
    print("interrupted")
