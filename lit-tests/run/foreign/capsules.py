# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# Capsules that ctypes.pythonapi makes: pointers, names, contexts and destructors, and what is no capsule.
import ctypes

api = ctypes.pythonapi
pointer, text, anything = ctypes.c_void_p, ctypes.c_char_p, ctypes.py_object
for name, result, arguments in (
    ("New", anything, (pointer, text, pointer)),
    ("GetPointer", pointer, (anything, text)),
    ("GetName", text, (anything,)),
    ("GetContext", pointer, (anything,)),
    ("GetDestructor", pointer, (anything,)),
    ("IsValid", ctypes.c_int, (anything, text)),
    ("SetPointer", ctypes.c_int, (anything, pointer)),
    ("SetName", ctypes.c_int, (anything, text)),
    ("SetContext", ctypes.c_int, (anything, pointer)),
    ("SetDestructor", ctypes.c_int, (anything, pointer)),
):
    function = globals()[name] = getattr(api, "PyCapsule_" + name)
    function.restype, function.argtypes = result, arguments

name = ctypes.create_string_buffer(b"kit.part")
c = New(1234, name, None)
print(type(c), type(c).__module__, type(c).__mro__, repr(c).split(" at ")[0])
print(GetPointer(c, b"kit.part"), GetName(c), GetContext(c), GetDestructor(c))
print(IsValid(c, b"kit.part"), IsValid(c, b"kit"), IsValid(c, None), IsValid("c", None))
print(SetPointer(c, 99), GetPointer(c, b"kit.part"), SetContext(c, 7), GetContext(c))
nameless = New(5, None, None)
print(repr(nameless).split(" at ")[0], GetName(nameless), IsValid(nameless, None), IsValid(nameless, b""), GetPointer(nameless, None))
print(SetName(nameless, name), GetName(nameless), nameless == c, c == c, {c: 1}[c])


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(New, None, name, None)
attempt(GetPointer, c, b"other")
attempt(GetPointer, None, b"other")
attempt(GetName, 3)
attempt(GetContext, "x")
attempt(GetDestructor, [])
attempt(SetPointer, c, None)
attempt(SetPointer, 1.5, 8)
attempt(SetName, (), name)
attempt(SetContext, {}, None)
attempt(SetDestructor, 1, None)
attempt(type(c))
attempt(setattr, c, "x", 1)
attempt(lambda: c < c)
try:
    type("Sub", (type(c),), {})
except TypeError as e:
    print(e)


@ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
def ends(address):
    print("ends", address == at)


at = id(c)
print(SetDestructor(c, ctypes.cast(ends, pointer)), GetDestructor(c) == ctypes.cast(ends, pointer).value)
del c
print("end")
