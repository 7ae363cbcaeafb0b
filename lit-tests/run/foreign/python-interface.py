# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# ctypes.pythonapi, errors of arguments and callbacks with their tracebacks, what may not be deleted or assigned, formats.
import ctypes, threading, time, sys
api = ctypes.pythonapi
# exceptions in other threads
class Stop(Exception): pass
ready = threading.Event()
def work():
    ready.set()
    try:
        while True:
            time.sleep(0.001)
    except Stop:
        print("stopped")
t = threading.Thread(target=work); t.start(); ready.wait()
print(api.PyThreadState_SetAsyncExc(ctypes.c_ulong(t.ident), ctypes.py_object(Stop)))
t.join()
print(api.PyThreadState_SetAsyncExc(ctypes.c_ulong(12345), ctypes.py_object(Stop)))
api.PyMemoryView_FromMemory.restype = ctypes.py_object
buf = ctypes.create_string_buffer(b"hello")
m = api.PyMemoryView_FromMemory(buf, 5, 0x200)
print(m.tobytes(), m.readonly, m.format, len(m)); m[0] = 74; print(buf.value)
m = api.PyMemoryView_FromMemory(buf, 5, 0x100); print(m.readonly)
api.PyUnicode_FromString.restype = ctypes.py_object
print(api.PyUnicode_FromString("häns".encode()))
api.PyLong_AsLong.argtypes = [ctypes.py_object]; api.PyLong_AsLong.restype = ctypes.c_long
try: api.PyLong_AsLong(1 << 70)
except OverflowError as e: print(e)
try: api.PyLong_AsLong("x")
except TypeError as e: print(e)
o = object()
n = sys.getrefcount(o)
api.Py_IncRef(ctypes.py_object(o)); print(sys.getrefcount(o) - n); api.Py_DecRef(ctypes.py_object(o)); print(sys.getrefcount(o) - n)
print(hasattr(api, "PyNoSuch"))
# errors
import traceback
for f in (lambda: ctypes.CDLL(None).strlen(1.5), lambda: ctypes.CDLL(None).nosuch, lambda: ctypes.c_int("x"), lambda: ctypes.cast(buf, int), lambda: ctypes.c_byte(None)):
    try: f()
    except Exception as e:
        print(type(e).__name__, str(e).split(":")[-1], [s.name for s in traceback.extract_tb(e.__traceback__)])
# callbacks
@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
def twice(n): return n * 2 if n else "no"
print(twice(4))
hook = sys.unraisablehook
sys.unraisablehook = lambda u: print(u.err_msg, type(u.exc_value).__name__, u.object.__name__, [s.name for s in traceback.extract_tb(u.exc_value.__traceback__)])
twice(0)
@ctypes.CFUNCTYPE(ctypes.c_int)
def fails(): raise ValueError("x")
fails()
class S(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char * 5), ("wide", ctypes.c_wchar * 3), ("n", ctypes.c_int, 3)]
s = S(b"#####"); s.name = b"a\0b\0"; print(bytes(s)[:5], s.name)
for v in (5, b"123456", "x"):
    try: s.name = v
    except Exception as e: print(type(e).__name__, e)
for v in (5, "123456", b"x"):
    try: s.wide = v
    except Exception as e: print(type(e).__name__, e)
for name in "name", "wide", "n":
    try: delattr(s, name)
    except Exception as e: print(type(e).__name__, e)
    try: getattr(S, name).offset = 3
    except Exception as e: print(type(e).__name__)
for n in "value", "raw":
    try: delattr(buf, n)
    except Exception as e: print(type(e).__name__, e)
print(memoryview(s).format, memoryview((ctypes.POINTER(ctypes.c_short * 2))()).format)
class P(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("a", ctypes.c_char), ("b", ctypes.c_int)]
class Q(ctypes.Structure):
    _fields_ = [("a", ctypes.c_char), ("b", ctypes.c_int)]
print(memoryview(P()).format, memoryview(Q()).format)
print(ctypes.py_object(None).value, ctypes.c_void_p(None), repr(ctypes.py_object()))
class Mine(ctypes.c_int): pass
print(repr(Mine(3))[:8])
import pickle
try: pickle.dumps(twice)
except ValueError as e: print(e)
class A(ctypes.POINTER(ctypes.c_int)): pass
for f in (lambda: A(ctypes.c_int(3)), lambda: ctypes._Pointer.from_param(3), lambda: ctypes._SimpleCData.from_param(3), lambda: ctypes.CFUNCTYPE(ctypes.POINTER(ctypes.c_int))(lambda: 0),
          lambda: ctypes.CFUNCTYPE(None, *[ctypes.c_int]*1025), lambda: ctypes.c_int(1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
