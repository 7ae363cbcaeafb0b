"""The native half of ctypes: classes of C data, pointers and functions, on the memory and calls of _cdata.

Every class of C data has an `_info_` of its own (size, alignment, how to pass it); what an object refers to is kept
alive in `_objects` of the object that owns the memory, under a key that tells the way to the part.
"""
from sys import audit as _audit
import _cdata as _c
from _cdata import Data as _CData, dlclose
from _ctypes.aggregate import CField, PyCStructType, Structure, Union, UnionType
from _ctypes.array import Array, PyCArrayType, _array_type_cache
from _ctypes.data_type import Argument as _Argument, byref, make_argument as _make_argument
from _ctypes.function import (ArgumentError, CFuncPtr, CTYPES_MAX_ARGCOUNT, FUNCFLAG_CDECL, FUNCFLAG_PYTHONAPI, FUNCFLAG_USE_ERRNO,
                              FUNCFLAG_USE_LASTERROR, PyCFuncPtrType, call_cdeclfunction, call_function, make_thunk as _make_thunk)
from _ctypes.info import addressof, alignment, info_of as _info_of, resize, sizeof
from _ctypes.memory import init_function as _init_function, load_simple as _load_simple
from _ctypes.pointer import POINTER, PyCPointerType, _Pointer, _pointer_type_cache, pointer
from _ctypes.simple import PyCSimpleType, _SimpleCData

__version__ = "1.1.0"
RTLD_LOCAL = 0
RTLD_GLOBAL = 256
SIZEOF_TIME_T = 8
_memmove_addr = _c.memmove_address()
_memset_addr = _c.memset_address()
_string_at_addr = _c.string_at_address()
_wstring_at_addr = _c.wstring_at_address()


def dlopen(name, mode=RTLD_LOCAL):
    _audit("ctypes.dlopen", name)
    return _c.dlopen(name, mode)


def dlsym(handle, name):
    _audit("ctypes.dlsym/handle", handle, name)
    return _c.dlsym(handle, name)


def get_errno():
    _audit("ctypes.get_errno")
    return _c.get_errno()


def set_errno(value):
    _audit("ctypes.set_errno", value)
    return _c.set_errno(value)


def _cast_to(_, source, kind):
    if not (isinstance(kind, type) and issubclass(kind, (_Pointer, CFuncPtr)) or
            isinstance(kind, type) and issubclass(kind, _SimpleCData) and kind._type_ in "sPzUZXO"):
        raise TypeError(f"cast() argument 2 must be a pointer type, not {getattr(kind, '__name__', type(kind).__name__)}")
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


_cast_closure = _make_thunk(_cast_to, (_AnyAddress, _AnyObject, _AnyObject), _AnyObject, True)
_cast_addr = _cast_closure.address


def buffer_info(obj):
    info = _info_of(obj if isinstance(obj, type) else type(obj), "not a ctypes type or object")
    return info.format, len(info.shape), info.shape


def PyObj_FromPtr(address):
    _audit("ctypes.PyObj_FromPtr", f"({address:#x})")
    memory = _make_argument("P", address)
    return _c.load("O", memory._address)


for _class in (Array, CField, CFuncPtr, PyCArrayType, PyCFuncPtrType, PyCPointerType, PyCSimpleType, PyCStructType, Structure, Union, UnionType,
               _Pointer, _SimpleCData):
    _class.__module__ = "_ctypes"
