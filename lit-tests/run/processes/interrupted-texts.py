# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Who ends by a KeyboardInterrupt dies by SIGINT; so does who ran a text that ended by one last, whatever came after it.
import atexit
import os
import sys


class Subclass(KeyboardInterrupt):
    pass


def text_at_exit():
    try:
        exec("raise KeyboardInterrupt")
    except KeyboardInterrupt:
        pass


endings = r"""raise KeyboardInterrupt
exec("raise KeyboardInterrupt")
eval("(_ for _ in ()).throw(KeyboardInterrupt)")
exec(compile("raise KeyboardInterrupt", "code", "exec"))
raise Subclass
exec("raise Subclass")
raise ValueError
text_at_exit()
text_at_exit(); exec("1")
text_at_exit(); raise ValueError
text_at_exit(); sys.exit(3)
text_at_exit(); raise Subclass
atexit.register(text_at_exit)
atexit.register(exec, "1"); raise KeyboardInterrupt
sys.excepthook = lambda *a: sys.exit(4); raise KeyboardInterrupt
try: eval(compile("1/0", "code", "eval"))\nexcept ZeroDivisionError: raise KeyboardInterrupt
text_at_exit()\ntry: eval("1 +")\nexcept SyntaxError: pass""".split("\n")

for i, ending in enumerate(endings):
    child = os.fork()
    if not child:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), repr(ending), flush=True)
else:
    os._exit(0)
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
# The code is none that a text is run for.
code = compile(ending.replace("\\n", "\n"), "ending", "exec")
exec(code)
