"""Foreign functions: calls of them, and Python functions as such."""
from sys import audit
import _cdata as _c
from _ctypes.array import PyCArrayType
from _ctypes.data_type import DataType, allocate, byref, convert, reduce
from _ctypes.info import FFI, SIMPLE_INFOS, VOID, Info, info_of, set_info
from _ctypes.memory import _CData, copy_of, load_simple, store, store_simple
from _ctypes.pointer import PyCPointerType

FUNCFLAG_CDECL = 1
FUNCFLAG_PYTHONAPI = 4
FUNCFLAG_USE_ERRNO = 8
FUNCFLAG_USE_LASTERROR = 16
CTYPES_MAX_ARGCOUNT = 1024


class ArgumentError(Exception):
    pass


ArgumentError.__module__ = "ctypes"


class PyCFuncPtrType(DataType):
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
        set_info(cls, Info("function", 8, 8, _c.ffi_type("P"), "X{}"))
        return cls


def _check_argtypes(types, message="argtypes must be a sequence of types"):
    if types is None:
        return None
    if not isinstance(types, (list, tuple)):
        raise TypeError(message)
    if len(types) > CTYPES_MAX_ARGCOUNT:
        raise ArgumentError(f"_argtypes_ has too many arguments ({len(types)}), maximum is {CTYPES_MAX_ARGCOUNT}")
    for i, t in enumerate(types):
        if not hasattr(t, "from_param"):
            raise TypeError(f"item {i + 1} in _argtypes_ has no from_param method")
    return tuple(types)


class CFuncPtr(_CData, metaclass=PyCFuncPtrType):
    _abstract_ = None

    def __new__(cls, *args):
        if getattr(cls, "_info_", None) is None:
            raise TypeError("abstract class")
        return allocate(cls)

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
            audit("ctypes.dlsym", library, name)
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
            thunk = make_thunk(target, self._argtypes or (), self._restype)
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

    def __reduce__(self):
        return reduce(self)

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
                converted.append(convert(value))
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
        info = result._info_ if is_data else None if result is None else SIMPLE_INFOS["i"]
        memory = _c.allocate(_CData.__new__(_CData), max(16, info.size if info else 0))
        at = _c.address(memory)
        fixed = len(types) if types is not None and len(converted) > len(types) else -1
        _c.call(address, info.ffi if info else VOID, at, tuple([a._ffi for a in converted]), tuple([a._address for a in converted]),
                self._flags_, fixed)
        if info is None:
            return None
        if not is_data:
            return result(_c.load("i", at))
        if info.kind == "simple" and info.code == "O":
            return _c.take_object(at)
        value = load_simple(info, at) if info.is_direct else copy_of(result, at)
        check = getattr(result, "_check_retval_", None)
        return check(value) if check is not None else value


def make_thunk(function, argtypes, restype, raises=False):
    """A C function that calls a Python function. Its errors are reported, or left to the caller if it `raises`."""
    for t in argtypes:
        info_of(t, "cannot build parameter")
    info = None if restype is None else info_of(restype, "invalid result type for callback function")
    if info is not None and info.kind != "simple":
        raise TypeError("invalid result type for callback function")

    def arguments(addresses):
        return tuple([load_simple(t._info_, at) if t._info_.is_direct else copy_of(t, at) for t, at in zip(argtypes, addresses)])

    def give(result_at, value):
        if info is None:
            return
        if info.code == "O":
            _c.give_object(result_at, value)
        elif info.code in "bBhHiIlLqQ?c" and not isinstance(value, _CData):
            # Results narrower than a machine word are widened by their sign.
            if value is None and info.code not in "?c":
                value = 0
            store_simple(info, result_at, value)
            if info.code in "bhi":
                _c.store("q", result_at, _c.load(info.code, result_at))
        else:
            store(restype, result_at, value)

    return _c.closure(function, info.ffi if info else VOID, tuple([t._info_.ffi for t in argtypes]), arguments, give, raises)


def call_function(address, args):
    return _call(address, args, FUNCFLAG_PYTHONAPI)


def call_cdeclfunction(address, args):
    return _call(address, args, FUNCFLAG_CDECL)


def _call(address, args, flags):
    audit("ctypes.call_function", address, args)
    converted = [convert(a) for a in args]
    memory = _c.allocate(_CData.__new__(_CData), 16)
    _c.call(address, FFI["i"], _c.address(memory), tuple([a._ffi for a in converted]), tuple([a._address for a in converted]), flags, -1)
    return _c.load("i", _c.address(memory))
