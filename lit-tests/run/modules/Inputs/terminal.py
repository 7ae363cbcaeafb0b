"""A part of a program that has a terminal of its own, driven by the rest."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


def resize(fd, lines, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def on_terminal(part, *keys, term="xterm-256color"):
    """Runs part(note, wait) in a child. What it noted, what reached the terminal, and how it ended. At each wait() the next of the keys
    is on its way: bytes that are typed, a signal's number, or a new size."""
    told, tell = os.pipe()
    pid, master = pty.fork()
    if pid == 0:
        os.close(told)
        signal.alarm(60)
        os.environ["TERM"] = term
        for name in "LINES", "COLUMNS", "ESCDELAY":
            os.environ.pop(name, None)
        resize(0, 24, 80)
        note = lambda *what: os.write(tell, (" ".join(map(str, what)) + "\n").encode())
        try:
            part(note, lambda: os.write(tell, b"\0"))
        except BaseException as e:
            note(type(e).__name__, e)
        os._exit(0)
    os.close(tell)
    keys, notes, output, sources = list(keys), b"", b"", [master, told]
    while sources:
        for source in select.select(sources, [], [])[0]:
            try:
                data = os.read(source, 10000)
            except OSError:  # the terminal's other end is closed
                data = b""
            if not data:
                sources.remove(source)
            elif source == master:
                output += data
            else:
                for _ in range(data.count(b"\0")):
                    time.sleep(.1)
                    key = keys.pop(0)
                    if isinstance(key, bytes):
                        os.write(master, key)
                    elif isinstance(key, tuple):
                        resize(master, *key)
                    else:
                        os.kill(pid, key)
                notes += data.replace(b"\0", b"")
    os.close(told)
    os.close(master)
    return notes.decode(), output, os.waitpid(pid, 0)[1]
