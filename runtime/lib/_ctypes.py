"""The native half of ctypes: classes of C data, pointers and functions, on the memory and calls of _cdata.

Every class of C data has an `_info_` of its own (size, alignment, how to pass it); what an object refers to is kept
alive in `_objects` of the object that owns the memory, under a key that tells the way to the part.
"""
import _cdata as _c

__version__ = "1.1.0"
RTLD_LOCAL = 0
RTLD_GLOBAL = 256
SIZEOF_TIME_T = 8
FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16
_memmove_addr = _c.memmove_address()
_memset_addr = _c.memset_address()
_string_at_addr = _c.string_at_address()
_wstring_at_addr = _c.wstring_at_address()
get_errno = _c.get_errno
set_errno = _c.set_errno
dlopen = lambda name, mode=RTLD_LOCAL: _c.dlopen(name, mode)
dlsym = _c.dlsym
dlclose = _c.dlclose
_CData = _c.Data
_pointer_type_cache = {}
_array_type_cache = {}


class ArgumentError(Exception):
    pass


ArgumentError.__module__ = "ctypes"

_SIZES = {"c": 1, "b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "v": 2, "i": 4, "I": 4, "u": 4, "f": 4, "l": 8, "L": 8, "q": 8, "Q": 8,
          "d": 8, "P": 8, "z": 8, "Z": 8, "X": 8, "O": 8, "g": 16}
_FORMATS = {"u": "<w", "z": "&<c", "Z": "&<u"}
_STANDARD = {"v": "h", "l": "q", "L": "Q"}  # codes in buffer formats of a fixed size
CTYPES_MAX_ARGCOUNT = 1024


class _Info:
    """What a class of C data is in memory."""

    def __init__(self, kind, size, align, ffi, format, shape=(), code=None, item=None, length=0, swapped=False):
        self.kind = kind  # simple, struct, union, array, pointer, function
        self.size = size
        self.align = align
        self.ffi = ffi
        self.format = format
        self.shape = shape
        self.code = code
        self.item = item
        self.length = length
        self.swapped = swapped
        self.fields = []
        self.final = False
        self.itemsize = size


_FFI = {code: _c.ffi_type("h" if code == "v" else code) for code in _SIZES}
_VOID = _c.ffi_type("v")


def _info_of(cls, what="this type has no size"):
    info = getattr(cls, "_info_", None)
    if info is None or not isinstance(cls, type) or not issubclass(cls, _CData):
        raise TypeError(what)
    return info


def _set_info(cls, info):
    type.__setattr__(cls, "_info_", info)
    type.__setattr__(cls, "_buffer_", (info.format, info.itemsize, info.shape))


def sizeof(obj):
    if isinstance(obj, _CData):
        return _c.size(obj)
    return _info_of(obj).size


def alignment(obj):
    return _info_of(obj if isinstance(obj, type) else type(obj), "no alignment info").align


def addressof(obj):
    if not isinstance(obj, _CData):
        raise TypeError("invalid type")
    return _c.address(obj)


def resize(obj, size):
    if not isinstance(obj, _CData):
        raise TypeError("excepted ctypes instance")
    if size < type(obj)._info_.size:
        raise ValueError(f"minimum size is {type(obj)._info_.size}")
    _c.resize(obj, size)


# ---- what objects keep alive ---------------------------------------------------------------------

def _keep(obj, index, what):
    """Keeps `what` as long as the memory of part `index` of obj lives."""
    if what is None:
        return
    key = f"{index:x}"
    while obj._b_base_ is not None:
        key = f"{key}:{obj._index_:x}"
        obj = obj._b_base_
    if not isinstance(obj._objects, dict):
        obj._objects = {}
    obj._objects[key] = what


def _kept_by(obj):
    if isinstance(obj, _SimpleCData):
        return obj._objects
    if obj._objects is None:
        obj._objects = {}
    return obj._objects


def _view(cls, address, base=None, index=0):
    obj = _CData.__new__(cls)
    return _c.attach(obj, address, cls._info_.size, base, index)


# ---- values in memory ----------------------------------------------------------------------------

def _is_direct(cls):
    """Simple types themselves show Python values, their subclasses objects."""
    return cls._info_.kind == "simple" and cls.__bases__[0] is _SimpleCData


def _load_simple(info, address):
    code = info.code
    if code == "z":
        at = _c.load("P", address)
        return None if at == 0 else _c.bytes_at(at, -1)
    if code == "Z":
        at = _c.load("P", address)
        return None if at == 0 else _c.wide_at(at, -1)
    if code == "P":
        return _c.load("P", address, info.swapped) or None
    if code == "v":
        return _c.load("h", address, info.swapped) != 0
    return _c.load(code, address, info.swapped)


def _store_simple(info, address, value):
    """Stores a Python value; what must stay alive for it."""
    code = info.code
    if code == "z":
        if value is None:
            _c.store("P", address, 0)
        elif isinstance(value, bytes):
            _c.store("P", address, _c.bytes_address(value))
            return value
        elif isinstance(value, int):
            _c.store("P", address, value)
        else:
            raise TypeError(f"bytes or integer address expected instead of {type(value).__name__} instance")
    elif code == "Z":
        if value is None:
            _c.store("P", address, 0)
        elif isinstance(value, str):
            text = _c.allocate(_CData.__new__(_CData), 4 * len(value) + 4)
            _c.write_wide(_c.address(text), value)
            _c.store("P", address, _c.address(text))
            return text
        elif isinstance(value, int):
            _c.store("P", address, value)
        else:
            raise TypeError(f"unicode string or integer address expected instead of {type(value).__name__} instance")
    elif code == "P":
        if value is not None and not isinstance(value, int):
            raise TypeError("cannot be converted to pointer")
        _c.store("P", address, value or 0, info.swapped)
    elif code == "v":
        _c.store("h", address, -1 if value else 0, info.swapped)
    else:
        _c.store(code, address, value, info.swapped)
        if code == "O":
            return value
    return None


def _load(cls, address, base, index):
    """The value of a part: a Python value for simple types themselves, a view otherwise."""
    if _is_direct(cls):
        return _load_simple(cls._info_, address)
    return _view(cls, address, base, index)


def _store(cls, address, value, size=None):
    """Assigns to memory of class cls; what must stay alive for it."""
    info = cls._info_
    if isinstance(value, cls):
        _c.copy(address, _c.address(value), min(_c.size(value), info.size) if size is None else size)
        if info.kind == "pointer":
            return _keep_of_pointer(value)
        return value if info.kind == "function" else _kept_by(value)
    if info.kind == "simple":
        if isinstance(value, _CData) and info.code != "O":
            raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")
        return _store_simple(info, address, value)
    if info.kind == "pointer":
        if value is None:
            _c.store("P", address, 0)
            return None
        if isinstance(value, Array) and issubclass(value._type_, cls._type_):
            _c.store("P", address, _c.address(value))
            return _keep_of_pointer(value)
    elif info.kind == "function" and value is None:
        _c.store("P", address, 0)
        return None
    elif info.kind == "array" and isinstance(value, (bytes, str)) and _text_code(info) == ("c" if isinstance(value, bytes) else "u"):
        if len(value) > info.length:
            raise ValueError(f"{type(value).__name__ if info.item._info_.code == 'c' else 'string'} too long ({len(value)}, maximum length {info.length})")
        _data_view(cls, address).value = value
        return None
    elif isinstance(value, tuple) and info.kind in ("struct", "union", "array"):
        if info.kind == "array" and len(value) > info.length:
            raise RuntimeError(f"({cls.__name__}) IndexError: invalid index")
        try:
            made = cls(*value)
        except Exception as e:
            raise RuntimeError(f"({cls.__name__}) {type(e)}: {e}") from None
        return _store(cls, address, made)
    if not isinstance(value, _CData):
        raise TypeError(f"expected {cls.__name__} instance, got {type(value).__name__}")
    raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")


def _text_code(info):
    """The code of an array's characters, if it has any."""
    return info.item._info_.code if info.item._info_.kind == "simple" else None


def _keep_of_pointer(value):
    kept = value._objects
    if isinstance(value, Array):
        return {"1": value, "0": kept} if kept else {"1": value}
    return kept


# ---- classes -------------------------------------------------------------------------------------

class _DataType(type):
    """What all classes of C data can do."""

    def __mul__(cls, length):
        return _array_type(cls, length)

    def __rmul__(cls, length):
        return _array_type(cls, length)

    def from_address(cls, address):
        if not isinstance(address, int):
            raise TypeError("integer expected")
        return _view(cls, address)

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
        obj = _view(cls, address + offset)
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
        obj = _allocate(cls)
        _c.write(_c.address(obj), data[offset:offset + cls._info_.size])
        return obj

    def in_dll(cls, library, name):
        try:
            address = _c.dlsym(library._handle, name)
        except OSError as e:
            raise ValueError(str(e)) from None
        return _view(cls, address)

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        if isinstance(value, _Argument) and isinstance(value._obj, cls):
            return value
        parameter = getattr(value, "_as_parameter_", None)
        if parameter is not None:
            return cls.from_param(parameter)
        raise TypeError(f"expected {cls.__name__} instance instead of {type(value).__name__}")


def _allocate(cls):
    info = getattr(cls, "_info_", None)
    if info is None:
        raise TypeError("abstract class")
    info.final = True
    obj = _CData.__new__(cls)
    return _c.allocate(obj, info.size)


class _Argument:
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


_Argument.__name__ = _Argument.__qualname__ = "CArgObject"


def _argument(code, value):
    """A simple value as an argument."""
    memory = _c.allocate(_CData.__new__(_CData), 16)
    kept = _store_simple(_SIMPLE_INFOS[code], _c.address(memory), value)
    return _Argument(code, _FFI[code], value, (memory, kept), _c.address(memory))


def byref(obj, offset=0):
    if not isinstance(obj, _CData):
        raise TypeError(f"byref() argument must be a ctypes instance, not '{type(obj).__name__}'")
    argument = _argument("P", _c.address(obj) + offset)
    argument._obj = obj
    return argument


# ---- simple types --------------------------------------------------------------------------------

def _simple_info(code, swapped=False):
    size = _SIZES[code]
    order = ">" if swapped else "<"
    format = _FORMATS.get(code) or order + _STANDARD.get(code, code)
    return _Info("simple", size, size, _FFI[code], format, (), code, swapped=swapped)


_SIMPLE_INFOS = {code: _simple_info(code) for code in _SIZES}


class PyCSimpleType(_DataType):
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
        if code not in _SIZES:
            raise AttributeError("class must define a '_type_' attribute which must be\na single character string containing one of "
                                 "'cbBhHiIlLdfuzZqQPXOv?g'.")
        _set_info(cls, _simple_info(code))
        if bases[0] is _SimpleCData and code in "hHiIlLqQfd":
            swapped = super().__new__(meta, name, bases, dict(namespace))
            _set_info(swapped, _simple_info(code, True))
            type.__setattr__(cls, "__ctype_le__", cls)
            type.__setattr__(cls, "__ctype_be__", swapped)
            type.__setattr__(swapped, "__ctype_le__", cls)
            type.__setattr__(swapped, "__ctype_be__", swapped)
        elif bases[0] is _SimpleCData and code in "bBc?":
            type.__setattr__(cls, "__ctype_le__", cls)
            type.__setattr__(cls, "__ctype_be__", cls)
        return cls

    def from_param(cls, value):
        if isinstance(value, cls):
            return value
        code = cls._type_
        if code in "zZP":
            return _pointer_like_param(cls, code, value)
        try:
            return _argument(code, value)
        except TypeError:
            if isinstance(value, _Argument) and value._code == code:
                return value
            parameter = getattr(value, "_as_parameter_", None)
            if parameter is not None:
                return cls.from_param(parameter)
            if isinstance(value, _CData):
                raise TypeError("wrong type") from None
            raise


def _pointer_like_param(cls, code, value):
    """from_param of c_char_p, c_wchar_p and c_void_p."""
    if value is None:
        return _argument("P", None)
    text = bytes if code == "z" else str
    if code == "P":
        if isinstance(value, int):
            return _argument("P", value)
        if isinstance(value, bytes):
            return _argument("z", value)
        if isinstance(value, str):
            return _argument("Z", value)
        if isinstance(value, (Array, _Pointer, CFuncPtr)):
            return _pass_pointer(value)
        if isinstance(value, _SimpleCData) and value._type_ in "zZ":
            return _pass_pointer(value)
        if isinstance(value, _Argument) and value._code in "PzZ":
            return value
    else:
        if isinstance(value, text):
            return _argument(code, value)
        if isinstance(value, (Array, _Pointer)) and issubclass(value._type_, _SimpleCData) and value._type_._type_ == ("c" if code == "z" else "u"):
            return _pass_pointer(value)
        if isinstance(value, _Argument) and (value._code == code or isinstance(value._obj, _SimpleCData) and
                                             value._obj._type_ == ("c" if code == "z" else "u") or isinstance(value._obj, Array)):
            return value
    parameter = getattr(value, "_as_parameter_", None)
    if parameter is not None:
        return cls.from_param(parameter)
    raise TypeError("wrong type")


def _pass_pointer(value):
    at = _c.address(value) if isinstance(value, Array) else _c.load("P", _c.address(value))
    argument = _argument("P", at)
    argument._obj = value
    return argument


class _SimpleCData(_CData, metaclass=PyCSimpleType):
    def __new__(cls, *args):
        return _allocate(cls)

    def __init__(self, value=None):
        if value is not None:
            self.value = value

    @property
    def value(self):
        return _load_simple(self._info_, _c.address(self))

    @value.setter
    def value(self, value):
        kept = _store_simple(type(self)._info_, _c.address(self), value)
        if kept is not None or self._objects is not None:
            self._objects = kept

    @value.deleter
    def value(self):
        raise TypeError("can't delete attribute")

    def __bool__(self):
        return any(_c.bytes_at(_c.address(self), _c.size(self)))

    def __repr__(self):
        if type(self).__bases__[0] is not _SimpleCData:
            return object.__repr__(self)
        return f"{type(self).__name__}({self.value!r})"

    def __ctypes_from_outparam__(self):
        return self.value if _is_direct(type(self)) else self

    def __reduce__(self):
        return _reduce(self)

    def __setstate__(self, state):
        _setstate(self, state)


def _reduce(obj):
    if _has_pointers(type(obj)):
        raise ValueError("ctypes objects containing pointers cannot be pickled")
    return _unpickle, (type(obj), (getattr(obj, "__dict__", {}), _c.bytes_at(_c.address(obj), _c.size(obj))))


def _unpickle(cls, state):
    obj = cls.__new__(cls)
    obj.__setstate__(state)
    return obj


def _setstate(obj, state):
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


# ---- structures and unions -----------------------------------------------------------------------

class CField:
    def __init__(self, cls, index, offset, low=0, bits=0):
        self._cls = cls
        self._index = index
        self._low = low
        self._bits = bits
        self.offset = offset
        self.size = bits << 16 | low if bits else cls._info_.size

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        address = _c.address(obj) + self.offset
        if not self._bits:
            info = self._cls._info_
            if info.kind == "array" and _text_code(info) in ("c", "u"):
                return _data_view(self._cls, address).value
            return _load(self._cls, address, obj, self._index)
        info = self._cls._info_
        number = _c.load(info.code.upper() if info.code != "?" else "B", address, info.swapped) >> self._shift() & (1 << self._bits) - 1
        if info.code in "bhilq" and number >> self._bits - 1:
            number -= 1 << self._bits
        return bool(number) if info.code == "?" else number

    def _shift(self):
        info = self._cls._info_
        return info.size * 8 - self._low - self._bits if info.swapped else self._low

    def __set__(self, obj, value):
        if not isinstance(obj, _CData):
            raise TypeError("not a ctype instance")
        address = _c.address(obj) + self.offset
        if not self._bits:
            _keep(obj, self._index, _store(self._cls, address, value))
            return
        info = self._cls._info_
        if isinstance(value, float) or not hasattr(value, "__index__"):
            raise TypeError(f"int expected instead of {type(value).__name__} instance")
        code = info.code.upper() if info.code != "?" else "B"
        mask = (1 << self._bits) - 1 << self._shift()
        old = _c.load(code, address, info.swapped)
        _c.store(code, address, old & ~mask | int(value) << self._shift() & mask, info.swapped)

    def __delete__(self, obj):
        raise TypeError("can't delete attribute")

    def __repr__(self):
        if self._bits:
            return f"<Field type={self._cls.__name__}, ofs={self.offset}:{self._low}, bits={self._bits}>"
        return f"<Field type={self._cls.__name__}, ofs={self.offset}, size={self.size}>"


def _read_fields(cls, fields):
    """Checks a _fields_ list: (name, class, bits or 0) of each."""
    try:
        items = list(fields)
    except TypeError:
        raise TypeError("_fields_ must be a sequence of pairs") from None
    for item in items:
        if not isinstance(item, tuple) or len(item) not in (2, 3) or not isinstance(item[0], str):
            raise TypeError("_fields_ must be a sequence of (name, C type) pairs")
        name, kind = item[:2]
        if not isinstance(kind, type) or getattr(kind, "_info_", None) is None:
            raise TypeError("second item in _fields_ tuple (index %d) must be a C type" % items.index(item))
        bits = 0
        if len(item) == 3:
            info = kind._info_
            if info.kind != "simple" or info.code not in "bBhHiIlLqQ?":
                raise TypeError(f"bit fields not allowed for type {kind.__name__}")
            bits = item[2]
            if bits <= 0 or bits > info.size * 8:
                raise ValueError("number of bits invalid for bit field")
        yield name, kind, bits


def _lay_out(cls, fields, is_union):
    base = next((b._info_ for b in cls.__mro__[1:] if "_info_" in b.__dict__ and b._info_ is not None), None)
    if "_info_" in cls.__dict__ and cls._info_ is not None and cls._info_.final and cls._info_.fields_set:
        raise AttributeError("_fields_ is final")
    swapped = getattr(cls, "_swappedbytes_", None) is not None
    pack = getattr(cls, "_pack_", 0)
    if not isinstance(pack, int) or pack < 0:
        raise ValueError("_pack_ must be a non-negative integer")
    size = offset = base.size if base else 0
    total = base.align if base else 1
    parts = list(base.fields) if base else []
    index = len(parts)
    open_bits = used_bits = 0  # of the bit field under way
    formats = []
    for name, kind, bits in _read_fields(cls, fields):
        info = kind._info_
        info.final = True
        align = min(pack, info.align) if pack else info.align
        if is_union:
            field = CField(kind, index, 0, 0, bits)
            size = max(size, info.size)
        elif bits and open_bits and info.size * 8 <= open_bits and used_bits + bits <= open_bits:
            field = CField(kind, index, offset - info.size, used_bits, bits)
            used_bits += bits
        elif bits and open_bits and info.size * 8 >= open_bits and used_bits + bits <= info.size * 8:
            offset += info.size - open_bits // 8
            size += info.size - open_bits // 8
            open_bits = info.size * 8
            field = CField(kind, index, offset - info.size, used_bits, bits)
            used_bits += bits
        else:
            padding = -offset % align if align else 0
            offset += padding
            size += padding
            field = CField(kind, index, offset, 0, bits)
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
    format = "B" if is_union or not parts else "T{" + "".join(formats) + "}"
    elements = [element for part in parts for element in _elements(part[1]._info_)] if not is_union else \
        [_c.ffi_type("Q" if total == 8 else "I" if total == 4 else "H" if total == 2 else "B")] * (full // total)
    info = _Info("union" if is_union else "struct", full, total, _c.ffi_type(tuple(elements), full, total), format)
    info.fields = parts
    info.fields_set = True
    _set_info(cls, info)
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


class _AggregateType(_DataType):
    _is_union = False

    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        if "_fields_" in namespace:
            cls._fields_ = namespace["_fields_"]  # through __setattr__ of the metaclass, which may change the list
        else:
            inherited = next((b._info_ for b in cls.__mro__[1:] if b.__dict__.get("_info_") is not None), None)
            if inherited is None:
                info = _Info("union" if meta._is_union else "struct", 0, 1, _c.ffi_type((), 0, 1), "B")
                info.fields_set = False
            else:
                info = _Info(inherited.kind, inherited.size, inherited.align, inherited.ffi, inherited.format)
                info.fields = inherited.fields
                info.fields_set = False
                inherited.final = True
            _set_info(cls, info)
        return cls

    def _lay(cls, fields):
        for base in cls.__mro__[1:]:
            if base.__dict__.get("_info_") is not None:
                base._info_.final = True
        _lay_out(cls, fields, type(cls)._is_union)

    def __setattr__(cls, name, value):
        if name == "_fields_":
            own = cls.__dict__.get("_info_")
            if own is not None and (own.fields_set or own.final):
                raise AttributeError("_fields_ is final")
            cls._lay(value)
        super().__setattr__(name, value)


class PyCStructType(_AggregateType):
    pass


class UnionType(_AggregateType):
    _is_union = True


class _Aggregate:
    """What instances of Structure and Union share."""

    def __new__(cls, *args, **keywords):
        return _allocate(cls)

    def __init__(self, *args, **keywords):
        names = [part[0] for part in self._info_.fields]
        if len(args) > len(names):
            raise TypeError("too many initializers")
        for name, value in zip(names, args):
            if name in keywords:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        for name, value in keywords.items():
            setattr(self, name, value)

    def __reduce__(self):
        return _reduce(self)

    def __setstate__(self, state):
        _setstate(self, state)


class Structure(_Aggregate, _CData, metaclass=PyCStructType):
    _abstract_ = None
    __slots__ = ()


class Union(_Aggregate, _CData, metaclass=UnionType):
    _abstract_ = None
    __slots__ = ()


# ---- arrays --------------------------------------------------------------------------------------

class PyCArrayType(_DataType):
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
        part = _info_of(item, "_type_ must have storage info")
        part.final = True
        if part.size * length >= 1 << 63:
            raise OverflowError("array too large")
        info = _Info("array", part.size * length, part.align, _c.ffi_type("P"), part.format, (length,) + part.shape, item=item, length=length)
        info.itemsize = part.itemsize
        _set_info(cls, info)
        if part.kind == "simple" and part.code == "c":
            type.__setattr__(cls, "value", property(_get_chars, _set_chars))
            type.__setattr__(cls, "raw", property(_get_raw, _set_raw))
        elif part.kind == "simple" and part.code == "u":
            type.__setattr__(cls, "value", property(_get_wide, _set_wide))
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


def _array_type(item, length):
    if not isinstance(length, int):
        raise TypeError(f"can't multiply sequence by non-int of type '{type(length).__name__}'")
    if length < 0:
        raise ValueError(f"Array length must be >= 0, not {length}")
    key = item, length
    made = _array_type_cache.get(key)
    if made is None:
        _info_of(item, "Expected a type object")
        made = _array_type_cache[key] = PyCArrayType(f"{item.__name__}_Array_{length}", (Array,), {"_length_": length, "_type_": item})
    return made


class Array(_CData, metaclass=PyCArrayType):
    _abstract_ = None
    __slots__ = ()

    def __new__(cls, *args):
        return _allocate(cls)

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
        return _load(cls, _c.address(self) + index * cls._info_.size, self, index)

    def __setitem__(self, index, value):
        cls = self._type_
        if isinstance(index, slice):
            places = range(*index.indices(self._length_))
            if len(value) != len(places):
                raise ValueError("Can only assign sequence of same size")
            for i, v in zip(places, value):
                self[i] = v
            return
        index = self._at(index)
        _keep(self, index, _store(cls, _c.address(self) + index * cls._info_.size, value))

    def _at(self, index):
        if not hasattr(index, "__index__"):
            raise TypeError("indices must be integers")
        index = index.__index__()
        if index < 0:
            index += self._length_
        if not 0 <= index < self._length_:
            raise IndexError("invalid index")
        return index

    def __delitem__(self, index):
        raise TypeError("Array does not support item deletion")

    def __reduce__(self):
        return _reduce(self)

    def __setstate__(self, state):
        _setstate(self, state)

    __class_getitem__ = classmethod(type(list[int]))


# ---- pointers ------------------------------------------------------------------------------------

class PyCPointerType(_DataType):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        item = getattr(cls, "_type_", None)
        if item is not None:
            _info_of(item, "_type_ must have storage info")
        format = "&" + item._info_.format if item is not None else "P"
        _set_info(cls, _Info("pointer", 8, 8, _c.ffi_type("P"), format, item=item))
        return cls

    def set_type(cls, item):
        _info_of(item, "_type_ must have storage info")
        type.__setattr__(cls, "_type_", item)
        cls._info_.item = item

    def from_param(cls, value):
        if value is None:
            return None
        item = cls._type_
        if isinstance(value, item):
            return byref(value)
        if isinstance(value, (_Pointer, Array)) and issubclass(value._type_, item):
            return value
        if isinstance(value, _Argument) and isinstance(value._obj, item):
            return value
        return super().from_param(value)


class _Pointer(_CData, metaclass=PyCPointerType):
    _abstract_ = None
    __slots__ = ()

    def __new__(cls, *args):
        if getattr(cls, "_type_", None) is None:
            raise TypeError("Cannot create instance: has no _type_")
        return _allocate(cls)

    def __init__(self, value=None):
        if value is not None:
            self.contents = value

    @property
    def contents(self):
        at = _c.load("P", _c.address(self))
        if at == 0:
            raise ValueError("NULL pointer access")
        return _view(self._type_, at, self)

    @contents.setter
    def contents(self, value):
        if not isinstance(value, self._type_):
            raise TypeError(f"expected {self._type_.__name__} instead of {type(value).__name__}")
        _c.store("P", _c.address(self), _c.address(value))
        _keep(self, 1, value)
        if not isinstance(value, _SimpleCData) or value._objects is not None:
            _keep(self, 0, _kept_by(value))

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
        return _load(self._type_, self._at(index.__index__()), self, index)

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
        _keep(self, index, _store(self._type_, self._at(index), value))

    def __reduce__(self):
        return _reduce(self)


def POINTER(item):
    made = _pointer_type_cache.get(item)
    if made is not None:
        return made
    if isinstance(item, str):
        made = PyCPointerType("LP_" + item, (_Pointer,), {})
        _pointer_type_cache[id(made)] = made
        return made
    if not isinstance(item, type):
        raise TypeError("must have a ctypes type")
    made = _pointer_type_cache[item] = PyCPointerType("LP_" + item.__name__, (_Pointer,), {"_type_": item})
    return made


def pointer(obj):
    return POINTER(type(obj))(obj)


# ---- functions -----------------------------------------------------------------------------------

class PyCFuncPtrType(_DataType):
    def __new__(meta, name, bases, namespace):
        cls = super().__new__(meta, name, bases, namespace)
        if "_abstract_" in namespace:
            return cls
        if not isinstance(getattr(cls, "_flags_", None), int):
            raise TypeError("class must define _flags_ which must be an integer")
        _check_argtypes(getattr(cls, "_argtypes_", None), "_argtypes_ must be a sequence of types")
        result = getattr(cls, "_restype_", None)
        if result is not None and not callable(result):
            raise TypeError("_restype_ must be a type, a callable, or None")
        _set_info(cls, _Info("function", 8, 8, _c.ffi_type("P"), "X{}"))
        return cls


def _check_argtypes(types, message="argtypes must be a sequence of types"):
    if types is None:
        return None
    if not isinstance(types, (list, tuple)):
        raise TypeError(message)
    for i, t in enumerate(types):
        if not hasattr(t, "from_param"):
            raise TypeError(f"item {i + 1} in _argtypes_ has no from_param method")
    return tuple(types)


def _convert(value):
    """An argument without a declared type."""
    if isinstance(value, _Argument):
        return value
    if isinstance(value, _CData):
        info = type(value)._info_
        if info.kind == "array":
            return _pass_pointer(value)
        return _Argument(info.code or "V", info.ffi, value, value, _c.address(value))
    if value is None:
        return _argument("P", None)
    if isinstance(value, int):
        return _argument("i", value)
    if isinstance(value, bytes):
        return _argument("z", value)
    if isinstance(value, str):
        return _argument("Z", value)
    parameter = getattr(value, "_as_parameter_", None)
    if parameter is not None:
        return _convert(parameter)
    raise TypeError("Don't know how to convert parameter")


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    _abstract_ = None

    def __new__(cls, *args):
        if getattr(cls, "_info_", None) is None:
            raise TypeError("abstract class")
        return _allocate(cls)

    def __init__(self, target=None, flags=None):
        self._restype = getattr(self, "_restype_", None)
        self._argtypes = getattr(self, "_argtypes_", None)
        self._errcheck = None
        self._paramflags = None
        self._name = None
        if target is None:
            return
        if isinstance(target, tuple):
            name, library = target
            if isinstance(name, bytes):
                name = name.decode()
            if not isinstance(name, str):
                raise TypeError("the _handle attribute of the second argument must be an integer" if not isinstance(name, int) else
                                "function name must be string, bytes object or integer")
            handle = getattr(library, "_handle", None)
            if not isinstance(handle, int):
                raise TypeError("the _handle attribute of the second argument must be an integer")
            try:
                address = _c.dlsym(handle, name)
            except OSError as e:
                raise AttributeError(str(e)) from None
            _c.store("P", _c.address(self), address)
            self._objects = {"0": library}
            self._name = name
            self._paramflags = self._check_flags(flags)
        elif isinstance(target, int):
            _c.store("P", _c.address(self), target)
            self._paramflags = self._check_flags(flags)
        elif callable(target):
            thunk = _make_thunk(target, self._argtypes or (), self._restype)
            _c.store("P", _c.address(self), thunk.address)
            self._objects = {"0": thunk, "1": target}
        else:
            raise TypeError("argument must be callable or integer function address")

    def _check_flags(self, flags):
        if flags is None or self._argtypes is None:
            return None
        if not isinstance(flags, tuple):
            raise TypeError("paramflags must be a tuple or None")
        if len(flags) != len(self._argtypes):
            raise ValueError("paramflags must have the same length as argtypes")
        for flag in flags:
            if not isinstance(flag, tuple) or not flag or not isinstance(flag[0], int):
                raise TypeError("paramflags must be a sequence of (int [,string [,value]]) tuples")
            if flag[0] & 2 and not isinstance(self._argtypes[flags.index(flag)], (PyCPointerType, PyCArrayType)) and \
                    getattr(self._argtypes[flags.index(flag)], "_type_", "") not in ("P", "z", "Z"):
                raise TypeError(f"'out' parameter {flags.index(flag) + 1} must be a pointer type, not {self._argtypes[flags.index(flag)].__name__}")
        return flags

    @property
    def restype(self):
        return self._restype

    @restype.setter
    def restype(self, value):
        if value is not None and not callable(value) and not isinstance(value, type):
            raise TypeError("restype must be a type, a callable, or None")
        self._restype = value

    @restype.deleter
    def restype(self):
        self._restype = getattr(self, "_restype_", None)

    @property
    def argtypes(self):
        return self._argtypes

    @argtypes.setter
    def argtypes(self, value):
        self._argtypes = _check_argtypes(value, "_argtypes_ must be a sequence of types")

    @argtypes.deleter
    def argtypes(self):
        self._argtypes = getattr(self, "_argtypes_", None)

    @property
    def errcheck(self):
        return self._errcheck

    @errcheck.setter
    def errcheck(self, value):
        if value is not None and not callable(value):
            raise TypeError("the errcheck attribute must be callable")
        self._errcheck = value

    @errcheck.deleter
    def errcheck(self):
        self._errcheck = None

    def __bool__(self):
        return _c.load("P", _c.address(self)) != 0

    def __repr__(self):
        return f"<{type(self).__name__} object at {id(self):#x}>"

    def __call__(self, *args, **keywords):
        outputs = None
        if self._paramflags:
            args, outputs = self._place(args, keywords)
        types = self._argtypes
        if len(args) > CTYPES_MAX_ARGCOUNT:
            raise ArgumentError(f"too many arguments ({len(args)}), maximum is {CTYPES_MAX_ARGCOUNT}")
        if types is not None and (len(args) < len(types) or len(args) > len(types) and not self._flags_ & FUNCFLAG_CDECL):
            raise TypeError(f"this function takes {'at least ' if self._flags_ & FUNCFLAG_CDECL else ''}{len(types)} "
                            f"argument{'' if len(types) == 1 else 's'} ({len(args)} given)")
        converted = []
        for i, value in enumerate(args):
            try:
                if types is not None and i < len(types):
                    value = types[i].from_param(value)
                converted.append(_convert(value))
            except Exception as e:
                number = f" {i + 1}" if str(e) == "Don't know how to convert parameter" else ""
                raise ArgumentError(f"argument {i + 1}: {type(e).__name__}: {e}{number}") from None
        result = self._invoke(converted, types)
        if self._errcheck is not None:
            checked = self._errcheck(result, self, tuple(args))
            if outputs is None or checked is not tuple(args):
                return checked
        if outputs is None:
            return result
        made = [o.__ctypes_from_outparam__() if hasattr(o, "__ctypes_from_outparam__") else o for o in outputs]
        return made[0] if len(made) == 1 else tuple(made)

    def _place(self, args, keywords):
        """Arguments by paramflags: (all arguments, objects for results or None)."""
        placed, outputs = [], []
        given = list(args)
        wanted = sum(1 for flag in self._paramflags if (flag[0] or 1) & 1 and not flag[0] & 4)
        for flag, kind in zip(self._paramflags, self._argtypes):
            direction = flag[0] or 1
            name = flag[1] if len(flag) > 1 else None
            default = flag[2:3]
            if direction & 4 and direction & 1:
                placed.append(default[0] if default else kind())
            elif direction == 2:
                item = kind._type_ if isinstance(kind, PyCPointerType) else None
                holder = item() if item is not None else kind()
                outputs.append(holder)
                placed.append(byref(holder) if item is not None else holder)
            else:
                if given:
                    value = given.pop(0)
                elif name in keywords:
                    value = keywords[name]
                elif default:
                    value = default[0]
                else:
                    raise TypeError(f"required argument '{name}' missing" if name else "not enough arguments")
                placed.append(value)
                if direction & 2:
                    outputs.append(value)
        if given:
            raise TypeError(f"call takes exactly {wanted} arguments ({len(args)} given)")
        return placed, outputs or None

    def _invoke(self, converted, types):
        address = _c.load("P", _c.address(self))
        if address == 0:
            raise ValueError("attempt to call a NULL function pointer")
        result = self._restype
        is_data = isinstance(result, type) and issubclass(result, _CData)
        info = result._info_ if is_data else None if result is None else _SIMPLE_INFOS["i"]
        memory = _c.allocate(_CData.__new__(_CData), max(16, info.size if info else 0))
        at = _c.address(memory)
        fixed = len(types) if types is not None and len(converted) > len(types) else -1
        _c.call(address, info.ffi if info else _VOID, at, tuple([a._ffi for a in converted]), tuple([a._address for a in converted]),
                self._flags_, fixed)
        if info is None:
            return None
        if not is_data:
            return result(_c.load("i", at))
        if info.kind == "simple" and info.code == "O":
            return _c.take_object(at)
        if _is_direct(result):
            value = _load_simple(info, at)
        else:
            value = _CData.__new__(result)
            _c.allocate(value, info.size)
            _c.copy(_c.address(value), at, info.size)
            if info.kind == "function":
                _init_function(value)
        check = getattr(result, "_check_retval_", None)
        return check(value) if check is not None else value


def _init_function(obj):
    obj._restype = getattr(obj, "_restype_", None)
    obj._argtypes = getattr(obj, "_argtypes_", None)
    obj._errcheck = obj._paramflags = obj._name = None


_data_view = _view


def _view(cls, address, base=None, index=0):
    obj = _data_view(cls, address, base, index)
    if cls._info_.kind == "function":
        _init_function(obj)
    return obj


def _make_thunk(function, argtypes, restype):
    for t in argtypes:
        _info_of(t, "cannot build parameter")
    info = None if restype is None else _info_of(restype, "invalid result type for callback function")
    if info is not None and (info.kind not in ("simple", "pointer", "function")):
        raise TypeError("invalid result type for callback function")

    def thunk(result_at, addresses):
        args = []
        for t, at in zip(argtypes, addresses):
            if _is_direct(t):
                args.append(_load_simple(t._info_, at))
            else:
                copied = _CData.__new__(t)
                _c.allocate(copied, t._info_.size)
                _c.copy(_c.address(copied), at, t._info_.size)
                if t._info_.kind == "function":
                    _init_function(copied)
                args.append(copied)
        value = function(*args)
        if info is None:
            return
        if info.kind == "simple" and info.code == "O":
            _c.give_object(result_at, value)
        elif info.kind == "simple" and info.code in "bBhHiIlLqQ?c" and not isinstance(value, _CData):
            # Results narrower than a machine word are widened by their sign.
            if value is None and info.code not in "?c":
                value = 0
            _store_simple(info, result_at, value)
            if info.code in "bhi":
                _c.store("q", result_at, _c.load(info.code, result_at))
        else:
            _store(restype, result_at, value)

    return _c.closure(thunk, info.ffi if info else _VOID, tuple([t._info_.ffi for t in argtypes]), function)


# ---- the rest ------------------------------------------------------------------------------------

def _cast_to(_, source, kind):
    if not (isinstance(kind, type) and issubclass(kind, (_Pointer, CFuncPtr)) or
            isinstance(kind, type) and issubclass(kind, _SimpleCData) and kind._type_ in "sPzUZXO"):
        raise TypeError(f"cast() argument 2 must be a pointer, not {getattr(kind, '__name__', type(kind).__name__)}")
    if source is None:
        at = 0
    elif isinstance(source, int):
        at = source
    elif isinstance(source, bytes):
        at = _c.bytes_address(source)
    elif isinstance(source, Array):
        at = _c.address(source)
    elif isinstance(source, _Argument):
        at = _c.load("P", source._address)
    elif isinstance(source, _CData) and source._info_.kind in ("pointer", "function", "simple"):
        at = _c.load("P", _c.address(source)) if source._info_.size == 8 else _load_simple(source._info_, _c.address(source))
    else:
        raise ArgumentError("argument 1: TypeError: wrong type")
    made = _CData.__new__(kind)
    _c.allocate(made, kind._info_.size)
    if kind._info_.kind == "function":
        _init_function(made)
    _c.store("P", _c.address(made), at)
    if isinstance(source, _CData):
        if not isinstance(source._objects, dict):
            source._objects = {} if source._objects is None else {"0": source._objects}
        made._objects = source._objects
        made._objects[id(source)] = source
    elif isinstance(source, bytes):
        made._objects = {id(source): source}
    return made


class _AnyObject(_SimpleCData):
    _type_ = "O"


class _AnyAddress(_SimpleCData):
    _type_ = "P"


_cast_closure = _make_thunk(_cast_to, (_AnyAddress, _AnyObject, _AnyObject), _AnyObject)
_cast_addr = _cast_closure.address


def buffer_info(obj):
    info = _info_of(obj if isinstance(obj, type) else type(obj), "not a ctypes type or object")
    return info.format, len(info.shape), info.shape


def call_function(address, args):
    return _call(address, args, FUNCFLAG_PYTHONAPI)


def call_cdeclfunction(address, args):
    return _call(address, args, FUNCFLAG_CDECL)


def _call(address, args, flags):
    converted = [_convert(a) for a in args]
    memory = _c.allocate(_CData.__new__(_CData), 16)
    _c.call(address, _FFI["i"], _c.address(memory), tuple([a._ffi for a in converted]), tuple([a._address for a in converted]), flags, -1)
    return _c.load("i", _c.address(memory))


def PyObj_FromPtr(address):
    memory = _argument("P", address)
    return _c.load("O", memory._address)


for _class in (PyCSimpleType, PyCStructType, UnionType, PyCArrayType, PyCPointerType, PyCFuncPtrType, CField):
    _class.__module__ = "_ctypes"
