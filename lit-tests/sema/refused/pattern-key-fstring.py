# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :4:7: error: mapping pattern keys may only match literals and attribute lookups
match x:
 case {f"{x}":y}:pass
