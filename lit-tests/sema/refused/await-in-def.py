# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :3:9: error: 'await' outside async function
lambda: await x
