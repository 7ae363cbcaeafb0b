# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :5:13: error: 'break', 'continue' and 'return' cannot appear in an except* block
for x in y:
 try: pass
 except* E: break
