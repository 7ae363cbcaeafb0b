# RUN: krait emit --llvm -O2 %s | FileCheck %s
# A look-up by a constant begins where the last one found it, and so does one by what a loop goes over, an entry further, if the dict gets no items under
# these keys. What is counted is looked for as always.

# CHECK-DAG: @[[FIRST:entry[.0-9]*]] = private global [2 x i64] zeroinitializer
# CHECK-LABEL: define {{.*}} @__main__.constants
# CHECK: load i64, ptr @[[FIRST]]
# CHECK: ask:
# CHECK: call {{.*}}@krt_dict_find
# CHECK-LABEL: define {{.*}} @__main__.columns
# CHECK: load i64, ptr @entry
# CHECK: ask:
# CHECK-LABEL: define {{.*}} @__main__.counts
# CHECK-NOT: @entry


def constants(rows):
    n = 0
    for r in rows:
        n += r["a"]
    return n


def columns(row, keys):
    n = 0
    for k in keys:
        n += row[k]
    return n


def counts(row, keys):
    for k in keys:
        row[k] = row.get(k, 0) + 1
    return row


print(constants([{"a": 1}]), columns({"a": 1}, ["a"]), counts({}, "ab"))
