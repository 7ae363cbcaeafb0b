"""What all classes of C data can do, arguments made of their objects, and pickling."""
import sys
from _operator import index
import _cdata as _c
from _ctypes.info import FFI, SIMPLE_INFOS
from _ctypes.memory import _CData, kind_of, store_simple, view_at


class DataType(type):
    """What all classes of C data can do; array.py adds what makes arrays of them."""

    def from_address(cls, address):
        if not isinstance(address, int):
            raise TypeError("integer expected")
        sys.audit("ctypes.cdata", address)
        return view_at(cls, address)

    def from_buffer(cls, source, offset=0):
        if getattr(cls, "_info_", None) is None:
            raise TypeError("abstract class")
        view = memoryview(source)
        if view.readonly:
            raise TypeError("underlying buffer is not writable")
        if not view.c_contiguous:
            raise TypeError("underlying buffer is not C contiguous")
        if offset < 0:
            raise ValueError("offset cannot be negative")
        address, size, holder = _c.hold(source)
        if cls._info_.size + offset > size:
            raise ValueError(f"Buffer size too small ({size} instead of at least {cls._info_.size + offset} bytes)")
        sys.audit("ctypes.cdata/buffer", address, size, offset)
        obj = view_at(cls, address + offset)
        obj._objects = {"ffffffff": view}
        obj._objects["buffer"] = holder
        return obj

    def from_buffer_copy(cls, source, offset=0):
        if getattr(cls, "_info_", None) is None:
            raise TypeError("abstract class")
        if offset < 0:
            raise ValueError("offset cannot be negative")
        data = memoryview(source).tobytes()
        if cls._info_.size + offset > len(data):
            raise ValueError(f"Buffer size too small ({len(data)} instead of at least {cls._info_.size + offset} bytes)")
        sys.audit("ctypes.cdata/buffer", _c.bytes_address(data), len(data), offset)
        obj = allocate(cls)
        _c.write(_c.address(obj), data[offset:offset + cls._info_.size])
        return obj

    def in_dll(cls, library, name):
        sys.audit("ctypes.dlsym", library, name)
        try:
            address = _c.dlsym(library._handle, name)
        except OSError as e:
            raise ValueError(str(e)) from None
        return view_at(cls, address)

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        if isinstance(value, Argument) and isinstance(value._obj, cls):
            return value
        if hasattr(value, "_as_parameter_"):
            return cls.from_param(value._as_parameter_)
        raise TypeError(f"expected {cls.__name__} instance instead of {type(value).__name__}")


def made_class(meta, name, base, **namespace):
    """A class of C data that no class statement made; it belongs to the module that asked for it, outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals["__name__"].startswith("_ctypes."):
        frame = frame.f_back
    return meta(name, (base,), {"__module__": frame.f_globals.get("__name__"), **namespace})


def allocate(cls):
    info = getattr(cls, "_info_", None)
    if info is None:
        raise TypeError("abstract class")
    info.final = True
    obj = _CData.__new__(cls)
    return _c.allocate(obj, info.size)


class Argument:
    """An argument for a foreign function: made by byref() and from_param()."""

    def __init__(self, code, ffi, obj, holder, address):
        self._code = code
        self._ffi = ffi
        self._obj = obj
        self._holder = holder  # keeps the memory at `address`, where the value is
        self._address = address

    def __repr__(self):
        code = self._code
        if code in "bBhHiIlLqQ":
            return f"<cparam '{code}' ({_c.load(code, self._address)})>"
        if code in "fd":
            return f"<cparam '{code}' ({_c.load(code, self._address)!r})>"
        if code == "c":
            return f"<cparam 'c' ({ascii(chr(_c.load('B', self._address)))})>"
        if code in "zZP":
            return f"<cparam '{code}' ({_c.load('P', self._address):#x})>"
        return f"<cparam '{code}' at {id(self):#x}>"


Argument.__name__ = Argument.__qualname__ = "CArgObject"
Argument.__module__ = "builtins"


def make_argument(code, value):
    """A simple value as an argument."""
    memory = _c.allocate(_CData.__new__(_CData), 16)
    kept = store_simple(SIMPLE_INFOS[code], _c.address(memory), value)
    return Argument(code, FFI[code], value, (memory, kept), _c.address(memory))


def byref(obj, offset=0, /):
    if not isinstance(obj, _CData):
        raise TypeError(f"byref() argument must be a ctypes instance, not '{type(obj).__name__}'")
    argument = make_argument("P", _c.address(obj) + index(offset))
    argument._obj = obj
    return argument


def pass_pointer(value):
    at = _c.address(value) if kind_of(value) == "array" else _c.load("P", _c.address(value))
    argument = make_argument("P", at)
    argument._obj = value
    return argument


def convert(value):
    """An argument without a declared type."""
    if isinstance(value, Argument):
        return value
    if isinstance(value, _CData):
        info = type(value)._info_
        if info.kind == "array":
            return pass_pointer(value)
        return Argument(info.code or "V", info.ffi, value, value, _c.address(value))
    if value is None:
        return make_argument("P", None)
    if isinstance(value, int):
        return make_argument("i", value)
    if isinstance(value, bytes):
        return make_argument("z", value)
    if isinstance(value, str):
        return make_argument("Z", value)
    if hasattr(value, "_as_parameter_"):
        return convert(value._as_parameter_)
    raise TypeError("Don't know how to convert parameter")


def reduce(obj):
    if _has_pointers(type(obj)):
        raise ValueError("ctypes objects containing pointers cannot be pickled")
    return _unpickle, (type(obj), (getattr(obj, "__dict__", {}), _c.bytes_at(_c.address(obj), _c.size(obj))))


def _unpickle(cls, state):
    obj = cls.__new__(cls)
    obj.__setstate__(state)
    return obj


def set_state(obj, state):
    attributes, data = state
    _c.write(_c.address(obj), data[:_c.size(obj)])
    obj.__dict__.update(attributes)


def _has_pointers(cls):
    info = cls._info_
    if info.kind == "simple":
        return info.code in "PzZO"
    if info.kind == "array":
        return _has_pointers(info.item)
    if info.kind in ("struct", "union"):
        return any(_has_pointers(field[1]) for field in info.fields)
    return True
