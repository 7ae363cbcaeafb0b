# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Code that runs as bytecode: its loops hear of signals and other threads, its locals() shows what is in the cells of captured
# parameters, and a raise of nothing has its line.
import ast
import marshal

TEXT = '''
import signal, sys, threading, time

def captured(k, *b, **d):
    t = 5
    def g(): return k, t, b, d
    shown = sorted(n for n in vars() if n != "g"), locals()["k"], locals()["b"], locals()["d"], eval("k + t")
    k = 7
    return shown, locals()["k"], sys._getframe().f_locals["t"], dir()
print(captured(1, 2, z=3))

def raises():
    try:
        raise
    except RuntimeError as e:
        return e, e.__traceback__.tb_lineno, e.__traceback__.tb_next
print(raises())
def again():
    try:
        try: 1 / 0
        except ZeroDivisionError: raise
    except ZeroDivisionError as e:
        return e.__traceback__.tb_lineno, e.__traceback__.tb_next
print(again())

done = False
def finish():
    global done
    time.sleep(0.05)
    done = True
def wait_while():
    threading.Thread(target=finish).start()
    while not done: pass
def wait_until_not_none():
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    while got[0] is None: pass
def wait_for():
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    for i in iter(int, 1):
        if got[0]: break
def wait_while_wanted():
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    wanted[0] = True
    while wanted[0]: pass
got, wanted = [None], [True]
def heard(*_): got[0], wanted[0] = 1, False
signal.signal(signal.SIGALRM, heard)
for wait in wait_while, wait_until_not_none, wait_for, wait_while_wanted:
    wait()
    print(wait.__name__)
    if wait is wait_until_not_none: got[0] = 0
'''
exec(marshal.loads(marshal.dumps(compile(ast.parse(TEXT), "text", "exec"))), {"__name__": "loaded"})
