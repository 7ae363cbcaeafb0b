// _uuid: time-based identifiers that no other process can make, from libuuid.
#include <uuid/uuid.h>
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

Value generate(Value) {
  uuid_t bytes;
  const int unsafe = uuid_generate_time_safe(bytes);
  Ref text(newBytes(bytes, sizeof bytes));
  return text ? newTuple({text.get(), Value::ofSmallInt(unsafe)}) : Value();
}

constinit const MethodDef methods[] = {{"generate_time_safe", generate}, {}};
int execute(Value module) { return moduleAdd(module, "has_uuid_generate_time_safe", Value::ofSmallInt(1)); }

} // namespace

extern "C" constinit const NativeModule krt_module_uuid = {"_uuid", methods, execute};

} // namespace krait
