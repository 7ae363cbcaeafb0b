# RUN: krait-ir --scopes %s | FileCheck %s
# Private names are mangled with the innermost class, without its leading underscores.
# CHECK: class _C
# CHECK: _C__x: local assigned
# CHECK: __y__: local assigned
# CHECK: function m
# CHECK: _C__z: local assigned
class _C:
    __x = 1
    __y__ = 2
    def m(self):
        __z = self.__w
