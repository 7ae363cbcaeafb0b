# RUN: krait-ir %s | FileCheck %s
# CHECK: class.build
# CHECK: function @1 "C" qualname "C" class
# CHECK: name.get "__name__"
# CHECK: name.set "__module__"
# CHECK: const str "C"
# CHECK: name.set "__qualname__"
# CHECK: annotations.setup
# CHECK: name.set "__doc__"
# CHECK: name.set "m"
# CHECK: [[CELL:%[0-9]+]] = cell.ref &__class__
# CHECK: name.set "__classcell__", {{.*}}[[CELL]]
# CHECK: ret
# CHECK: function @2 "m" qualname "C.m"
# CHECK: [[K:%[0-9]+]] = cell.peek &__class__
# CHECK: [[S:%[0-9]+]] = local.peek $self
# CHECK: super.attr "m", {{%[0-9]+}}, [[K]], [[S]]
class C:
    "doc"
    x: int
    def m(self):
        return super().m
