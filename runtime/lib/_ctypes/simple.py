"""Simple C types: numbers, characters, and pointers to text."""
import _cdata as _c
from _ctypes.data_type import Argument, DataType, allocate, make_argument, pass_pointer, reduce, set_state
from _ctypes.info import SIZES, set_info, simple_info
from _ctypes.memory import _CData, kind_of, load_simple, store_simple


class PyCSimpleType(DataType):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        code = getattr(cls, "_type_", None)
        if code is None:
            if name == "_SimpleCData" and not any(isinstance(b, PyCSimpleType) for b in bases):
                return cls
            raise AttributeError("class must define a '_type_' attribute")
        if not isinstance(code, str):
            raise TypeError("class must define a '_type_' string attribute")
        if len(code) != 1:
            raise ValueError("class must define a '_type_' attribute which must be a string of length 1")
        if code not in SIZES:
            raise AttributeError("class must define a '_type_' attribute which must be\na single character string containing one of "
                                 "'cbBhHiIlLdfuzZqQPXOv?g'.")
        if code == "X":
            raise ValueError("_type_ 'X' not supported")
        info = simple_info(code)
        info.is_direct = bases[0] is _SimpleCData
        set_info(cls, info)
        if code in "hHiIlLqQfd":
            swapped = super().__new__(meta, name + "_be", bases, {"__qualname__": name, **namespace})
            other = simple_info(code, True)
            other.is_direct = info.is_direct
            set_info(swapped, other)
            type.__setattr__(cls, "__ctype_le__", cls)
            type.__setattr__(cls, "__ctype_be__", swapped)
            type.__setattr__(swapped, "__ctype_le__", cls)
            type.__setattr__(swapped, "__ctype_be__", swapped)
        elif code in "bBc":
            type.__setattr__(cls, "__ctype_le__", cls)
            type.__setattr__(cls, "__ctype_be__", cls)
        return cls

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        code = getattr(cls, "_type_", None)
        if code is None:
            raise TypeError("abstract class")
        if code in "zZP":
            return _pointer_like_param(cls, code, value)
        try:
            return make_argument(code, value)
        except TypeError:
            if isinstance(value, Argument) and value._code == code:
                return value
            if hasattr(value, "_as_parameter_"):
                return cls.from_param(value._as_parameter_)
            raise TypeError("wrong type") from None


def _pointer_like_param(cls, code, value):
    """from_param of c_char_p, c_wchar_p and c_void_p."""
    if value is None:
        return None
    text = bytes if code == "z" else str
    if code == "P":
        if isinstance(value, int):
            return make_argument("P", value)
        if isinstance(value, bytes):
            return make_argument("z", value)
        if isinstance(value, str):
            return make_argument("Z", value)
        if kind_of(value) in ("array", "pointer", "function"):
            return pass_pointer(value)
        if isinstance(value, _SimpleCData) and value._type_ in "zZ":
            return pass_pointer(value)
        if isinstance(value, Argument) and value._code in "PzZ":
            return value
    else:
        if isinstance(value, text):
            return make_argument(code, value)
        if kind_of(value) in ("array", "pointer") and issubclass(value._type_, _SimpleCData) and value._type_._type_ == ("c" if code == "z" else "u"):
            return pass_pointer(value)
        if isinstance(value, Argument) and (value._code == code or isinstance(value._obj, _SimpleCData) and
                                             value._obj._type_ == ("c" if code == "z" else "u") or kind_of(value._obj) == "array"):
            return value
    if hasattr(value, "_as_parameter_"):
        return cls.from_param(value._as_parameter_)
    raise TypeError("wrong type")


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    def __new__(cls, *args):
        return allocate(cls)

    def __init__(self, *value, **ignored):
        if len(value) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(value)}")
        if value:
            self.value = value[0]

    @property
    def value(self):
        return load_simple(self._info_, _c.address(self))

    @value.setter
    def value(self, value):
        kept = store_simple(type(self)._info_, _c.address(self), value)
        if kept is not None or self._objects is not None:
            self._objects = kept

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __bool__(self):
        return any(_c.bytes_at(_c.address(self), _c.size(self)))

    def __repr__(self):
        if type(self).__bases__[0] is not _SimpleCData:
            return f"<{type(self).__name__} object at {id(self):#x}>"
        return f"{type(self).__name__}({self.value!r})"

    def __ctypes_from_outparam__(self):
        return self.value if self._info_.is_direct else self

    def __reduce__(self):
        return reduce(self)

    def __setstate__(self, state):
        set_state(self, state)
