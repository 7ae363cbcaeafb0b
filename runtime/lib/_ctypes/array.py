"""Arrays, and the text in arrays of characters."""
import _cdata as _c
from _weakref import ref
from _ctypes.data_type import DataType, allocate, made_class, reduce, set_state
from _ctypes.info import Info, info_of, set_info
from _ctypes.memory import _CData, keep, load, store

_array_type_cache = {}  # (item, length) -> weak reference to the class


class PyCArrayType(DataType):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        length = getattr(cls, "_length_", None)
        if length is None:
            raise AttributeError("class must define a '_length_' attribute")
        if not isinstance(length, int):
            raise TypeError("The '_length_' attribute must be an integer")
        if length < 0:
            raise ValueError("The '_length_' attribute must not be negative")
        if length >= 1 << 63:
            raise OverflowError("The '_length_' attribute is too large")
        item = getattr(cls, "_type_", None)
        if item is None:
            raise AttributeError("class must define a '_type_' attribute")
        part = info_of(item, "_type_ must have storage info")
        part.final = True
        if part.size * length >= 1 << 63:
            raise OverflowError("array too large")
        info = Info("array", part.size * length, part.align, _c.ffi_type("P"), part.format, (length,) + part.shape, item=item, length=length)
        info.itemsize = part.itemsize
        set_info(cls, info)
        if part.kind == "simple" and part.code == "c":
            type.__setattr__(cls, "value", property(_get_chars, _set_chars, _delete_text))
            type.__setattr__(cls, "raw", property(_get_raw, _set_raw, _delete_raw))
        elif part.kind == "simple" and part.code == "u":
            type.__setattr__(cls, "value", property(_get_wide, _set_wide, _delete_text))
        return cls

    def from_param(cls, value):
        if isinstance(value, (bytes, str)) and cls._type_._info_.kind == "simple":
            code, kind = cls._type_._info_.code, "bytes" if isinstance(value, bytes) else "str"
            if (code == "c") == (kind == "bytes") and code in "cu":
                if len(value) > cls._length_:
                    raise ValueError("Invalid length")
                made = cls()
                made.value = value
                return made
        if isinstance(value, tuple):
            return cls(*value)
        return super().from_param(value)


def _get_chars(self):
    return _c.bytes_at(_c.address(self), _c.size(self)).split(b"\0", 1)[0]


def _set_chars(self, value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected instead of {type(value).__name__} instance")
    if len(value) > self._length_:
        raise ValueError("byte string too long")
    _c.write(_c.address(self), value + b"\0" if len(value) < self._length_ else value)


def _get_raw(self):
    return _c.bytes_at(_c.address(self), _c.size(self))


def _set_raw(self, value):
    data = memoryview(value)
    if data.nbytes > _c.size(self):
        raise ValueError("byte string too long")
    _c.write(_c.address(self), data)


def _get_wide(self):
    return _c.wide_at(_c.address(self), self._length_).split("\0", 1)[0]


def _set_wide(self, value):
    if not isinstance(value, str):
        raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
    if len(value) > self._length_:
        raise ValueError("string too long")
    _c.write_wide(_c.address(self), value + "\0" if len(value) < self._length_ else value)


def _delete_text(self):
    raise TypeError("can't delete attribute")


def _delete_raw(self):
    raise AttributeError("cannot delete attribute")


def array_type(item, length):
    if not isinstance(length, int):
        raise TypeError(f"can't multiply sequence by non-int of type '{type(length).__name__}'")
    if length < 0:
        raise ValueError(f"Array length must be >= 0, not {length}")
    key = item, length
    kept = _array_type_cache.get(key)
    made = kept and kept()
    if made is None:
        info_of(item, "Expected a type object")
        made = made_class(PyCArrayType, f"{item.__name__}_Array_{length}", Array, _length_=length, _type_=item)

        def forget(dead):
            if _array_type_cache.get(key) is dead:
                del _array_type_cache[key]

        _array_type_cache[key] = ref(made, forget)
    return made


def _sequence_length(value):
    """-1 for what is no sequence, or does not say."""
    try:
        return -1 if isinstance(value, dict) else len(value)
    except Exception:
        return -1


class Array(_CData, metaclass=PyCArrayType):
    _abstract_ = None
    __slots__ = ()

    def __new__(cls, *args):
        return allocate(cls)

    def __init__(self, *values):
        for i, value in enumerate(values):
            self[i] = value

    def __len__(self):
        return self._length_

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self[i] for i in range(*index.indices(self._length_))]
            info = self._type_._info_
            if info.kind == "simple" and info.code == "c":
                return b"".join(items)
            return "".join(items) if info.kind == "simple" and info.code == "u" else items
        index = self._at(index)
        cls = self._type_
        return load(cls, _c.address(self) + index * cls._info_.size, self, index)

    def __setitem__(self, index, value):
        cls = self._type_
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if _sequence_length(value) != len(places):
                raise ValueError("Can only assign sequence of same size")
            if not hasattr(type(value), "__getitem__") and places:
                raise TypeError(f"'{type(value).__name__}' object does not support indexing")
            for at, i in enumerate(places):
                self[i] = value[at]
            return
        index = self._at(index)
        keep(self, index, store(cls, _c.address(self) + index * cls._info_.size, value))

    def _at(self, index):
        if not hasattr(index, "__index__"):
            raise TypeError("indices must be integers")
        index = index.__index__()
        if not -1 << 63 <= index < 1 << 63:
            raise IndexError(f"cannot fit '{type(index).__name__}' into an index-sized integer")
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError("invalid index")
        return index

    def __delitem__(self, index):
        raise TypeError("Array does not support item deletion")

    def __reduce__(self):
        return reduce(self)

    def __setstate__(self, state):
        set_state(self, state)

    __class_getitem__ = classmethod(type(list[int]))


DataType.__mul__ = DataType.__rmul__ = array_type
