"""What classes of C data are in memory: sizes, alignment, how libffi passes them, their format in buffers."""
from sys import audit
import _cdata as _c

_CData = _c.Data
SIZES = {"c": 1, "b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "v": 2, "i": 4, "I": 4, "u": 4, "f": 4, "l": 8, "L": 8, "q": 8, "Q": 8,
          "d": 8, "P": 8, "z": 8, "Z": 8, "X": 8, "O": 8, "g": 16}
_STANDARD = {"l": "q", "L": "Q"}  # codes in buffer formats of a fixed size


class Info:
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
        self.is_direct = False  # a simple type itself: shows Python values, where its subclasses show objects
        self.itemsize = size


FFI = {code: _c.ffi_type("h" if code == "v" else code) for code in SIZES}
VOID = _c.ffi_type("v")


def info_of(cls, what="this type has no size"):
    info = getattr(cls, "_info_", None)
    if info is None or not isinstance(cls, type) or not issubclass(cls, _CData):
        raise TypeError(what)
    return info


def set_info(cls, info):
    type.__setattr__(cls, "_info_", info)
    type.__setattr__(cls, "_buffer_", (info.format, info.itemsize, info.shape))


def sizeof(obj):
    if isinstance(obj, _CData):
        return _c.size(obj)
    return info_of(obj).size


def alignment(obj):
    return info_of(obj if isinstance(obj, type) else type(obj), "no alignment info").align


def addressof(obj):
    if not isinstance(obj, _CData):
        raise TypeError("invalid type")
    audit("ctypes.addressof", obj)
    return _c.address(obj)


def resize(obj, size):
    if not isinstance(obj, _CData):
        raise TypeError("excepted ctypes instance")
    if size < type(obj)._info_.size:
        raise ValueError(f"minimum size is {type(obj)._info_.size}")
    _c.resize(obj, size)


def simple_info(code, swapped=False):
    size = SIZES[code]
    order = ">" if swapped else "<"
    return Info("simple", size, size, FFI[code], order + _STANDARD.get(code, code), (), code, swapped=swapped)


SIMPLE_INFOS = {code: simple_info(code) for code in SIZES}
