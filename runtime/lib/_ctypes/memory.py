"""Values in the memory of C objects, and what must stay alive for them."""
import _cdata as _c

_CData = _c.Data


def keep(obj, index, what):
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


def kept_by(obj):
    if kind_of(obj) == "simple":
        return obj._objects
    if obj._objects is None:
        obj._objects = {}
    return obj._objects


def init_function(obj):
    """What the class of a function pointer says, for an object that was made of memory."""
    obj._restype = getattr(obj, "_restype_", None)
    obj._argtypes = getattr(obj, "_argtypes_", None)
    obj._errcheck = obj._paramflags = obj._name = None


def view_at(cls, address, base=None, index=0):
    """An object of cls on memory that somebody else owns: part `index` of base, if there is one."""
    obj = _CData.__new__(cls)
    _c.attach(obj, address, cls._info_.size, base, index)
    if cls._info_.kind == "function":
        init_function(obj)
    return obj


def copy_of(cls, address):
    """An object of cls with memory of its own, which starts as a copy of what is at the address."""
    info = cls._info_
    obj = _c.allocate(_CData.__new__(cls), info.size)
    _c.copy(_c.address(obj), address, info.size)
    if info.kind == "function":
        init_function(obj)
    return obj


def kind_of(value):
    """The kind of a C object; None of everything else."""
    return value._info_.kind if isinstance(value, _CData) and hasattr(value, "_info_") else None


def load_simple(info, address):
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


def store_simple(info, address, value):
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


def load(cls, address, base, index):
    """The value of a part: a Python value for simple types themselves, a view otherwise."""
    if cls._info_.is_direct:
        return load_simple(cls._info_, address)
    return view_at(cls, address, base, index)


def store(cls, address, value, size=None):
    """Assigns to memory of class cls; what must stay alive for it."""
    info = cls._info_
    if isinstance(value, cls):
        _c.copy(address, _c.address(value), min(_c.size(value), info.size) if size is None else size)
        if info.kind == "pointer":
            return keep_of_pointer(value)
        return value if info.kind == "function" else kept_by(value)
    if info.kind == "simple":
        if isinstance(value, _CData) and info.code != "O":
            raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")
        return store_simple(info, address, value)
    if info.kind == "pointer":
        if value is None:
            _c.store("P", address, 0)
            return None
        if kind_of(value) == "array" and issubclass(value._type_, cls._type_):
            _c.store("P", address, _c.address(value))
            return keep_of_pointer(value)
    elif info.kind == "function" and value is None:
        _c.store("P", address, 0)
        return None
    elif info.kind == "array" and isinstance(value, (bytes, str)) and text_code(info) == ("c" if isinstance(value, bytes) else "u"):
        if len(value) > info.length:
            raise ValueError(f"{type(value).__name__ if info.item._info_.code == 'c' else 'string'} too long ({len(value)}, maximum length {info.length})")
        view_at(cls, address).value = value
        return None
    elif isinstance(value, tuple) and info.kind in ("struct", "union", "array"):
        if info.kind == "array" and len(value) > info.length:
            raise RuntimeError(f"({cls.__name__}) IndexError: invalid index")
        try:
            made = cls(*value)
        except Exception as e:
            raise RuntimeError(f"({cls.__name__}) {type(e).__name__}: {e}") from None
        return store(cls, address, made)
    if not isinstance(value, _CData):
        raise TypeError(f"expected {cls.__name__} instance, got {type(value).__name__}")
    raise TypeError(f"incompatible types, {type(value).__name__} instance instead of {cls.__name__} instance")


def text_code(info):
    """The code of an array's characters, if it is an array that has any."""
    return info.item._info_.code if info.kind == "array" and info.item._info_.kind == "simple" else None


def keep_of_pointer(value):
    kept = value._objects
    if kind_of(value) == "array":
        return {"1": value, "0": kept} if kept else {"1": value}
    return kept
