# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# readline: history, completion settings, and input() on a terminal.
import os
import pty
import readline
import tempfile

readline.clear_history()
for line in ("one", "two", "three"):
    readline.add_history(line)
print(readline.get_current_history_length(), readline.get_history_item(2), readline.get_history_item(9))
readline.replace_history_item(0, "eins")
readline.remove_history_item(1)
path = tempfile.mktemp()
readline.write_history_file(path)
print(open(path).read().split())
readline.append_history_file(1, path)
readline.clear_history()
readline.read_history_file(path)
print([readline.get_history_item(i) for i in range(1, readline.get_current_history_length() + 1)])
readline.set_history_length(2)
print(readline.get_history_length(), readline.get_completer(), repr(readline.get_completer_delims()))
readline.set_completer(len)
readline.set_completer_delims(" ")
readline.parse_and_bind("tab: complete")
print(readline.get_completer(), repr(readline.get_completer_delims()), readline.get_line_buffer() == "")
for bad in (lambda: readline.set_completer(3), lambda: readline.remove_history_item(-1), lambda: readline.remove_history_item(99),
            lambda: readline.replace_history_item(99, "x"), lambda: readline.read_history_file("/nonexistent/file"), lambda: readline.add_history(1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)

words = ["hello", "help"]
readline.set_completer(lambda text, state: [w for w in words if w.startswith(text)][state] if state < len(words) else None)
pid, master = pty.fork()
if pid == 0:
    answer = input("say: ")
    with open(path, "w") as file:
        file.write(repr(answer))
    os._exit(0)
os.write(master, b"helo\x1b[Dl\x05!\n")
while True:
    try:
        if not os.read(master, 1000):
            break
    except OSError:
        break
os.waitpid(pid, 0)
print(open(path).read())
