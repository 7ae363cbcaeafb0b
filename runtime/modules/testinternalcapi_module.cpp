// The _testinternalcapi module: what CPython's regression tests (and test.support) ask about the interpreter they
// run in, as far as Krait has an answer of its own.
#include "runtime/modules/sys_info.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value getConfig(Value) {
  Ref config(newDict());
  if (!config || dictSet(config, Ref(internStr("code_debug_ranges")), Value::ofSmallInt(!runtimeFlags.noDebugRanges)) < 0) return Value();
  return config.release();
}

Value getRecursionDepth(Value) { return newInt(krt_hot.depth); }

constinit const MethodDef methods[] = {
    {"get_config", getConfig, "()"},
    {"get_recursion_depth", getRecursionDepth, "()"},
    {},
};

int execute(Value module) { return moduleAdd(module, "SIZEOF_PYGC_HEAD", Value::ofSmallInt(16)); }

} // namespace

extern "C" constinit const NativeModule krt_module_testinternalcapi = {"_testinternalcapi", methods, execute};

} // namespace krait
