# RUN: krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:{{[0-9]+}}: {{.*}}assertion is always true, perhaps remove parentheses?
assert (x, 'm')
