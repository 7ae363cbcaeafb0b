"""Frames of Python functions among those of the machine, their variables and their source."""
import zlib

import gdb

from krait_gdb import objects
from krait_gdb.memory import Unreadable, layout, read, text, u32, u64

# What the result of a machine function says that it is: a call, or a step of a generator. One that makes a generator is no frame.
_RESULTS = ("krait_value", "krait_step")


class PythonFrame:
    def __init__(self, frame, function):
        self.frame, self.function = frame, function

    @staticmethod
    def of(frame):
        """None: not Python's."""
        try:
            function = frame.function()
            result = function and function.type.target()
            return PythonFrame(frame, function) if result and result.name in _RESULTS else None
        except (gdb.error, RuntimeError):
            return None

    @property
    def name(self):
        """As tracebacks show it: without the class or function around it."""
        return self.function.name.rpartition(".")[2]

    @property
    def line(self):
        return self.frame.find_sal().line or self.function.line

    @property
    def module(self):
        """The address of its ModuleInfo, or None."""
        for symbol in self.function.symtab.static_block():
            if symbol.name == "krait_module":
                return int(symbol.value().address)
        return None

    @property
    def filename(self):
        info, at = self.module, layout()
        if info is None:
            return self.function.symtab.filename
        return objects.string(u64(u64(info + at.ModuleInfo_body) + at.CodeInfo_filename), 4096)

    def source(self):
        """The lines of the module that was compiled, which the program carries; else those of its file."""
        at, info = layout(), self.module
        try:
            if info is not None and (packed := u64(info + at.ModuleInfo_source)):
                data = zlib.decompress(read(packed, u32(info + at.ModuleInfo_sourceSize)))
            else:
                with open(self.function.symtab.fullname(), "rb") as file:
                    data = file.read()
            return data.decode("utf-8", "replace").splitlines()
        except (OSError, Unreadable, zlib.error):
            return []

    def variables(self):
        """Name and gdb's value of each, arguments first."""
        block, found = self.frame.block(), []
        while block:
            found += [(symbol.name, symbol.value(self.frame)) for symbol in block if symbol.is_argument or symbol.is_variable]
            if block.function:
                return found
            block = block.superblock
        return found

    def globals(self):
        """Name and word of each."""
        at, info = layout(), self.module
        if info is None or not (globals_dict := u64(info + at.ModuleInfo_dict)):
            return
        for key, value in objects.entries(globals_dict):
            yield objects.string(key), value

    def title(self):
        return f'  File "{self.filename}", line {self.line}, in {self.name}'

    def source_line(self):
        lines = self.source()
        return "    " + lines[self.line - 1].strip() if 0 < self.line <= len(lines) else None


def frames_from(frame):
    """Python frames from this one outwards."""
    while frame and frame.is_valid():
        if found := PythonFrame.of(frame):
            yield found
        try:
            frame = frame.older()
        except gdb.error:  # beyond what was unwound
            return


def selected():
    try:
        frame = gdb.selected_frame()
    except gdb.error as reason:
        raise gdb.GdbError(str(reason)) from None
    found = next(frames_from(frame), None)
    if not found:
        raise gdb.GdbError("no Python frame here")
    return found
