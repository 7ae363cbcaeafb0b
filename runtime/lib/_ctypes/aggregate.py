"""Structures and unions: the layout of their fields, with bit fields as GCC lays them out."""
import _cdata as _c
from _ctypes.data_type import DataType, allocate, reduce, set_state
from _ctypes.info import Info, set_info
from _ctypes.memory import _CData, keep, load, store, text_code, view_at


class CField:
    """A field; if it has `bits`, they begin at the bit `low` of the number that is stored there."""

    def __init__(self, cls, index, offset, low=0, bits=0):
        self._cls = cls
        self._index = index
        self._low = low
        self._bits = bits
        self._offset = offset
        self._size = bits << 16 | low if bits else cls._info_.size

    @property
    def offset(self):
        return self._offset

    @property
    def size(self):
        return self._size

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        address = _c.address(obj) + self.offset
        if not self._bits:
            info = self._cls._info_
            if info.kind == "array" and text_code(info) in ("c", "u"):
                return view_at(self._cls, address).value
            return load(self._cls, address, obj, self._index)
        info = self._cls._info_
        number = _c.load(info.code.upper() if info.code != "?" else "B", address, info.swapped)
        # CPython shifts the bits to the top of a C number and down again; bits beyond a type smaller than the unit are what that makes of them.
        width = info.size * 8
        number = (number << (width - self._low - self._bits & _shifts(width)) & (1 << width) - 1) >> width - self._bits
        if info.code in "bhilq" and number >> self._bits - 1:
            number -= 1 << self._bits
        return bool(number) if info.code == "?" else number

    def __set__(self, obj, value):
        if not isinstance(obj, _CData):
            raise TypeError("not a ctype instance")
        address = _c.address(obj) + self.offset
        if not self._bits:
            if (code := text_code(self._cls._info_)) in ("c", "u"):
                _store_text(self._cls, address, value, code)
            else:
                keep(obj, self._index, store(self._cls, address, value))
            return
        info = self._cls._info_
        if isinstance(value, float) or not hasattr(value, "__index__"):
            raise TypeError(f"int expected instead of {type(value).__name__} instance")
        code = info.code.upper() if info.code != "?" else "B"
        low = self._low & _shifts(info.size * 8)
        mask = (1 << self._bits) - 1 << low & (1 << info.size * 8) - 1
        old = _c.load(code, address, info.swapped)
        _c.store(code, address, old & ~mask | int(value) << low & mask, info.swapped)

    def __delete__(self, obj):
        raise TypeError("can't delete attribute")

    def __repr__(self):
        if self._bits:
            return f"<Field type={self._cls.__name__}, ofs={self.offset}:{self._low}, bits={self._bits}>"
        return f"<Field type={self._cls.__name__}, ofs={self.offset}, size={self.size}>"


def _shifts(width):
    """What of a count of bits the machine shifts a number of `width` by."""
    return 63 if width == 64 else 31


def _store_text(cls, address, value, code):
    """Assigns to a field that is an array of characters: up to a zero, which is stored where there is room."""
    if code == "c":
        if not isinstance(value, bytes):
            raise TypeError(f"expected bytes, {type(value).__name__} found")
        value, what = value.partition(b"\0")[0], "bytes"
    elif not isinstance(value, str):
        raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
    else:
        what = "string"
    if len(value) > cls._length_:
        raise ValueError(f"{what} too long ({len(value)}, maximum length {cls._length_})")
    view_at(cls, address).value = value


def _read_fields(cls, fields):
    """Checks a _fields_ list: (name, class, bits or 0) of each."""
    try:
        items = list(fields)
    except TypeError:
        raise TypeError("'_fields_' must be a sequence of pairs") from None
    for item in items:
        if not isinstance(item, tuple) or len(item) not in (2, 3) or not isinstance(item[0], str):
            raise TypeError("'_fields_' must be a sequence of (name, C type) pairs")
        name, kind = item[:2]
        if not isinstance(kind, type) or getattr(kind, "_info_", None) is None:
            raise TypeError("second item in _fields_ tuple (index %d) must be a C type" % items.index(item))
        bits = 0
        if len(item) == 3:
            info = kind._info_
            if info.kind != "simple" or info.code not in "bBhHiIlLqQ?":
                raise TypeError(f"bit fields not allowed for type {kind.__name__}")
            bits = item[2]
            if not isinstance(bits, int):
                raise TypeError("'_fields_' must be a sequence of (name, C type) pairs")
            if bits <= 0 or bits > info.size * 8:
                raise ValueError("number of bits invalid for bit field")
        yield name, kind, bits


def _lay_out(cls, fields, is_union):
    base = next((b._info_ for b in cls.__mro__[1:] if "_info_" in b.__dict__ and b._info_ is not None), None)
    if "_info_" in cls.__dict__ and cls._info_ is not None and cls._info_.final and cls._info_.fields_set:
        raise AttributeError("_fields_ is final")
    swapped = hasattr(cls, "_swappedbytes_")
    pack = getattr(cls, "_pack_", 0)
    if not isinstance(pack, int) or pack < 0:
        raise ValueError("_pack_ must be a non-negative integer")
    size = offset = base.size if base else 0
    total = base.align if base else 1
    parts = list(base.fields) if base else []
    index = len(parts)
    open_bits = used_bits = 0  # of the bit field under way

    def bit_field(offset, used, unit):
        # In the other byte order the first of the bits are the highest.
        return CField(kind, index, offset, unit - used - bits if swapped else used, bits)

    formats = []
    for name, kind, bits in _read_fields(cls, fields):
        info = kind._info_
        info.final = True
        if kind is cls:
            raise AttributeError("Structure or union cannot contain itself")
        align = min(pack, info.align) if pack else info.align
        if is_union:
            field = bit_field(0, 0, info.size * 8) if bits else CField(kind, index, 0)
            size = max(size, info.size)
        elif bits and open_bits and info.size * 8 <= open_bits and used_bits + bits <= open_bits:
            field = bit_field(offset - info.size, used_bits, open_bits)
            used_bits += bits
        elif bits and open_bits and info.size * 8 >= open_bits and used_bits + bits <= info.size * 8:
            offset += info.size - open_bits // 8
            size += info.size - open_bits // 8
            open_bits = info.size * 8
            field = bit_field(offset - info.size, used_bits, open_bits)
            used_bits += bits
        else:
            padding = -offset % align if align else 0
            offset += padding
            size += padding
            field = bit_field(offset, 0, info.size * 8) if bits else CField(kind, index, offset)
            offset += info.size
            size += info.size
            open_bits, used_bits = (info.size * 8, bits) if bits else (0, 0)
        total = max(total, align)
        shape = f"({','.join(map(str, info.shape))})" if info.shape else ""
        formats.append(f"{shape}{info.format}:{name}:")
        type.__setattr__(cls, name, field)
        parts.append((name, kind, bits))
        index += 1
    full = (size + total - 1) // total * total
    format = "B" if is_union or pack else "T{" + "".join(formats) + "}"
    elements = [element for part in parts for element in _elements(part[1]._info_)] if not is_union else \
        [_c.ffi_type("Q" if total == 8 else "I" if total == 4 else "H" if total == 2 else "B")] * (full // total)
    info = Info("union" if is_union else "struct", full, total, _c.ffi_type(tuple(elements), full, total), format)
    info.fields = parts
    info.fields_set = True
    set_info(cls, info)
    for name in getattr(cls, "_anonymous_", ()):
        _add_anonymous(cls, name)


def _elements(info):
    return [info.item._info_.ffi] * info.length if info.kind == "array" else [info.ffi]


def _add_anonymous(cls, name):
    field = cls.__dict__.get(name) or getattr(cls, name)
    if not isinstance(field, CField):
        raise AttributeError(f"'{name}' is specified in _anonymous_ but not in _fields_")
    for inner in [part[0] for part in field._cls._info_.fields] + list(getattr(field._cls, "_anonymous_", ())):
        if inner in field._cls.__dict__.get("_anonymous_", ()):
            continue
        part = getattr(field._cls, inner)
        type.__setattr__(cls, inner, CField(part._cls, part._index, field.offset + part.offset, part._low, part._bits))
    for attribute, part in list(vars(field._cls).items()):
        if isinstance(part, CField) and attribute not in cls.__dict__:
            type.__setattr__(cls, attribute, CField(part._cls, part._index, field.offset + part.offset, part._low, part._bits))


class _AggregateType(DataType):
    _is_union = False

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        inherited = next((b._info_ for b in cls.__mro__[1:] if b.__dict__.get("_info_") is not None), None)
        if inherited is None:
            info = Info("union" if meta._is_union else "struct", 0, 1, _c.ffi_type((), 0, 1), "B")
        else:
            info = Info(inherited.kind, inherited.size, inherited.align, inherited.ffi, inherited.format)
            info.fields = inherited.fields
            inherited.final = True
        info.fields_set = False
        set_info(cls, info)
        if "_fields_" in namespace:
            cls._fields_ = namespace["_fields_"]  # through __setattr__ of the metaclass, which may change the list
        return cls

    def _lay(cls, fields):
        for base in cls.__mro__[1:]:
            if base.__dict__.get("_info_") is not None:
                base._info_.final = True
        _lay_out(cls, fields, type(cls)._is_union)

    def __setattr__(cls, name, value):
        if name == "_fields_":
            own = cls.__dict__.get("_info_")
            if own is None:  # asked for by __init_subclass__, before the class is complete
                raise TypeError("ctypes state is not initialized")
            if own.fields_set or own.final:
                raise AttributeError("_fields_ is final")
            cls._lay(value)
        super().__setattr__(name, value)


class PyCStructType(_AggregateType):
    pass


class UnionType(_AggregateType):
    _is_union = True


class _Aggregate:
    """What instances of Structure and Union share."""
    __slots__ = ()

    def __new__(cls, *args, **keywords):
        return allocate(cls)

    def __init__(self, *args, **keywords):
        names = [part[0] for part in self._info_.fields]
        for name, value in zip(names, args):
            if name in keywords:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        if len(args) > len(names):
            raise TypeError("too many initializers")
        for name, value in keywords.items():
            setattr(self, name, value)

    def __reduce__(self):
        return reduce(self)

    def __setstate__(self, state):
        set_state(self, state)


class Structure(_Aggregate, _CData, metaclass=PyCStructType):
    _abstract_ = None
    __slots__ = ()


class Union(_Aggregate, _CData, metaclass=UnionType):
    _abstract_ = None
    __slots__ = ()
