# RUN: env TERM=xterm LC_ALL=C.UTF-8 krait run %s | diff %s.out -
# input() on terminals: completion, characters of several bytes, history, the end of input, interruption.
import os
import pty
import readline
import signal
import tempfile
import time

libedit = "libedit" in readline.__doc__
readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
words = ["hello", "help", "other"]
readline.set_completer(lambda text, state: ([w for w in words if w.startswith(text)] + [None])[state])
readline.add_history("an earlier line")
path = tempfile.mktemp()


def answers(*keys, handler=signal.default_int_handler):
    pid, master = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, handler)  # who runs tests may have it ignored
        signal.signal(signal.SIGUSR1, handler)
        signal.alarm(60)  # lost keys end the test
        try:
            answer = [input("say: "), readline.get_current_history_length()]
        except BaseException as e:
            answer = type(e).__name__
        with open(path, "w") as file:
            file.write(repr(answer))
        os._exit(0)
    os.read(master, 1)  # the prompt: the terminal is set
    time.sleep(.1)
    for key in keys:
        if key == "signal":
            os.kill(pid, signal.SIGUSR1)
            time.sleep(.1)
        else:
            os.write(master, key)
    try:
        while os.read(master, 1000):
            pass
    except OSError:
        pass
    os.waitpid(pid, 0)
    return open(path).read()


print(answers(b"oth\t\n"))
print(answers("h\u00e4\x7f\u20acx\n".encode()))
print(answers(b"\x1b[A\n"))
print(answers(b"new\x1b[D\x1b[Dx\n"))
print(answers(b"\x04"))
print(answers(b"abc", b"\x03"))
for i in range(20 * libedit):  # a signal at any moment of the library's work; GNU's loses some
    assert answers(b"abc", b"\x03") == "'KeyboardInterrupt'"


def returns(number, frame):
    pass


def raises(number, frame):
    raise ValueError(number == signal.SIGUSR1)


print(answers("signal", b"ab", "signal", b"c\n", handler=returns))
print(answers(b"\x03", "signal", b"abc\n", handler=returns))
print(answers(b"ab", "signal", b"c\n", handler=raises))
print(answers(b"\xe2", "signal", b"\x82\xacx\n", handler=returns))

# Files of history are lines; those that libedit itself wrote are read, too.
with open(path, "w") as file:
    file.write("one\ntwo words\nthree\n")
readline.clear_history()
readline.read_history_file(path)
readline.set_history_length(4)
readline.add_history("four")
readline.add_history("f\u00fcnf")
readline.append_history_file(2, path)
print(open(path, encoding="utf-8").read().splitlines())
readline.write_history_file(path)
print(open(path, encoding="utf-8").read().splitlines(), [readline.get_history_item(i) for i in range(7)])
