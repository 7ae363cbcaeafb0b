"""Words of the process or core file, and the numbers that say where in an object they are.

The numbers are the program's own: rows of a name, a number and an address in `krt_debugger_layout`
(runtime/startup/debugger_layout.cpp), which programs built with -g carry.
"""
import struct

import gdb

_ROW = struct.Struct("<32sQQ")


class Unreadable(Exception):
    """Memory that is not there, or does not hold what it should."""


class NoLayout(gdb.GdbError):
    """The program was built without -g, or is none of Krait's."""


def read(address, size):
    if size == 0:
        return b""
    try:
        return bytes(gdb.selected_inferior().read_memory(address, size))
    except (gdb.error, OverflowError, ValueError) as reason:
        raise Unreadable(str(reason)) from None


def _reader(form):
    shape = struct.Struct("<" + form)
    return lambda address: shape.unpack(read(address, shape.size))[0]


u64, i64, u32, i32, u8, f64 = map(_reader, "QqIiBd")


def text(address, limit=400):
    """A C string, in steps that do not run over the end of what is mapped."""
    found = b""
    while len(found) < limit:
        step = min(64 - address % 64, limit - len(found))
        part = read(address, step)
        end = part.find(b"\0")
        if end >= 0:
            found += part[:end]
            break
        found += part
        address += step
    return found.decode("utf-8", "replace")


class Layout:
    """Numbers by attribute: `layout.Object_layout`, `layout.kTypeHeap`."""

    def __init__(self, address):
        self.address = address
        while True:
            name, number, place = _ROW.unpack(read(address, _ROW.size))
            name = name.rstrip(b"\0").decode()
            if not name:
                return
            setattr(self, name.replace(".", "_"), number or place)
            address += _ROW.size


_known = None


def layout():
    global _known
    try:
        address = int(gdb.parse_and_eval("(unsigned long)&krt_debugger_layout"))
    except gdb.error:
        raise NoLayout("no program built by `krait build -g`") from None
    if _known is None or _known.address != address:
        _known = Layout(address)
    return _known


def forget(_event=None):
    global _known
    _known = None


gdb.events.new_objfile.connect(forget)
gdb.events.clear_objfiles.connect(forget)
