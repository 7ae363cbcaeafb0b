# RUN: krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:{{[0-9]+}}: {{.*}}str indices must be integers or slices, not str; perhaps you missed a comma?
'a'['b']
