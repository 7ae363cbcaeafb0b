# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: patterns may only match literals and attribute lookups
match x:
 case f"{x}":pass
