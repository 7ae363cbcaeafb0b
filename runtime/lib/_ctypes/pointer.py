"""Pointers to C objects."""
import _cdata as _c
from _ctypes.data_type import Argument, DataType, allocate, byref, made_class, reduce
from _ctypes.info import Info, info_of, set_info
from _ctypes.array import Array
from _ctypes.memory import _CData, keep, kept_by, kind_of, load, store, view_at

_pointer_type_cache = {}


class PyCPointerType(DataType):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        item = namespace.get("_type_")  # a subclass of a pointer type points to nothing
        if item is not None:
            info_of(item, "_type_ must have storage info")
        shape = f"({','.join(map(str, item._info_.shape))})" if item is not None and item._info_.shape else ""
        format = f"&{shape}{item._info_.format}" if item is not None else "P"
        set_info(cls, Info("pointer", 8, 8, _c.ffi_type("P"), format, item=item))
        return cls

    def set_type(cls, item):
        info_of(item, "_type_ must have storage info")
        type.__setattr__(cls, "_type_", item)
        cls._info_.item = item

    def from_param(cls, value):
        if value is None:
            return None
        item = getattr(cls, "_type_", None)
        if item is None:
            raise TypeError("abstract class")
        if isinstance(value, item):
            return byref(value)
        if isinstance(value, (_Pointer, Array)) and issubclass(value._type_, item):
            return value
        if isinstance(value, Argument) and isinstance(value._obj, item):
            return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=PyCPointerType):
    _abstract_ = None
    __slots__ = ()

    def __new__(cls, *args):
        if getattr(cls, "_info_", None) is None or cls._info_.item is None:
            raise TypeError("Cannot create instance: has no _type_")
        return allocate(cls)

    def __init__(self, value=None):
        if value is not None:
            self.contents = value

    @property
    def contents(self):
        at = _c.load("P", _c.address(self))
        if at == 0:
            raise ValueError("NULL pointer access")
        return view_at(self._type_, at, self)

    @contents.setter
    def contents(self, value):
        if not isinstance(value, self._type_):
            raise TypeError(f"expected {self._type_.__name__} instead of {type(value).__name__}")
        _c.store("P", _c.address(self), _c.address(value))
        keep(self, 1, value)
        if kind_of(value) != "simple" or value._objects is not None:
            keep(self, 0, kept_by(value))

    def __bool__(self):
        return _c.load("P", _c.address(self)) != 0

    def _at(self, index):
        at = _c.load("P", _c.address(self))
        if at == 0:
            raise ValueError("NULL pointer access")
        return at + index * self._type_._info_.size

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self._slice(index)
        if not hasattr(index, "__index__"):
            raise TypeError("Pointer indices must be integer")
        return load(self._type_, self._at(index.__index__()), self, index)

    def _slice(self, index):
        step = 1 if index.step is None else index.step
        if step == 0:
            raise ValueError("slice step cannot be zero")
        if index.start is None and step < 0:
            raise ValueError("slice start is required for step < 0")
        if index.stop is None:
            raise ValueError("slice stop is required")
        items = [self[i] for i in range(index.start or 0, index.stop, step)]
        info = self._type_._info_
        if info.kind == "simple" and info.code == "c":
            return b"".join(items)
        return "".join(items) if info.kind == "simple" and info.code == "u" else items

    def __setitem__(self, index, value):
        if not hasattr(index, "__index__"):
            raise TypeError("Pointer does not support item assignment" if isinstance(index, slice) else "Pointer indices must be integer")
        keep(self, index, store(self._type_, self._at(index), value))

    def __delitem__(self, index):
        raise TypeError("Pointer does not support item deletion")

    def __reduce__(self):
        return reduce(self)


def POINTER(item):
    made = _pointer_type_cache.get(item)
    if made is not None:
        return made
    if isinstance(item, str):
        made = made_class(PyCPointerType, "LP_" + item, _Pointer)
        _pointer_type_cache[id(made)] = made
        return made
    if not isinstance(item, type):
        raise TypeError("must be a ctypes type")
    made = _pointer_type_cache[item] = made_class(PyCPointerType, "LP_" + item.__name__, _Pointer, _type_=item)
    return made


def pointer(obj):
    return POINTER(type(obj))(obj)
