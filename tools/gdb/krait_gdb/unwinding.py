"""The way back through cold parts of the runtime's functions.

The runtime has no tables for unwinding; its functions keep frame pointers, and gdb learns how by the instructions that a function begins
with. A part that was moved away from its function, NAME.cold, begins in the middle: from there gdb would go by the stack pointer, to nowhere.
"""
import gdb
import gdb.unwinder

from krait_gdb.memory import Unreadable, u64


class _Place:
    def __init__(self, sp, pc):
        self.sp, self.pc = sp, pc


class _ColdParts(gdb.unwinder.Unwinder):
    """Of x86-64. The innermost frame may not have been set up yet, and is gdb's."""

    def __init__(self):
        super().__init__("krait-cold-parts")

    def __call__(self, frame):
        if frame.level() == 0 or frame.architecture().name() != "i386:x86-64":
            return None
        pc, base, stack = (frame.read_register(name) for name in ("rip", "rbp", "rsp"))
        symbol = gdb.execute(f"info symbol {int(pc):#x}", to_string=True)
        if ".cold" not in symbol or not ("krait::" in symbol or symbol.startswith("krt_")):  # others' have tables, and may have no frame pointer
            return None
        try:
            saved = {"rip": (u64(int(base) + 8), pc), "rbp": (u64(int(base)), base), "rsp": (int(base) + 16, stack)}
        except Unreadable:
            return None
        saved = {name: gdb.Value(value).cast(like.type) for name, (value, like) in saved.items()}
        info = frame.create_unwind_info(_Place(saved["rsp"], pc))
        for name, value in saved.items():
            info.add_saved_register(name, value)
        return info


def register():
    gdb.unwinder.register_unwinder(None, _ColdParts(), replace=True)
