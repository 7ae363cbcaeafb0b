// marshal: dump, dumps, load and loads; the format is in format.h.
#include <string>

#include "runtime/modules/marshal/format.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace krait {

namespace {

/// What dumps() gives; `version`: an int or null.
Value dumped(Value v, Value version) {
  int number = marshal::kVersion;
  if (!intArgument(version, &number)) return Value();
  if (auditing && !auditTold("marshal.dumps", {v, Value::ofSmallInt(number)})) return Value();
  std::string out;
  return marshal::write(v, number, out) ? newBytes(std::string_view(out)) : Value();
}

Value dumps(Value, const Value* argv) { return dumped(argv[0], argv[1]); }

Value dump(Value, const Value* argv) {
  Ref bytes(dumped(argv[0], argv[2]));
  return bytes ? callMethod(argv[1], NAME(write), {bytes.get()}) : Value();
}

Value loads(Value, Value source) {
  Buffer view;
  if (getBuffer(source, &view, kBufferSimple) < 0) return Value();
  size_t used;
  const std::string_view data(static_cast<const char*>(view.data), static_cast<size_t>(view.bytes));
  if (auditing && !auditTold("marshal.loads", {Ref(newBytes(data))})) return releaseBuffer(&view), Value();
  Value made = marshal::read(data, &used);
  releaseBuffer(&view);
  return made;
}

/// A file of io's own that can seek: reading it whole and going back is what it cannot tell from reading part by part.
bool mayReadAhead(Value file) {
  if (typeOf(file)->flags & kTypeHeap) return false;
  Ref answer(callMethod(file, "seekable"));
  const bool can = answer && isTrue(answer) > 0;
  errorClear();
  return can;
}

// Of a file that may be read ahead what follows the object is given back by seeking.
Value load(Value, Value file) {
  if (!mayReadAhead(file)) return marshal::readFile(file);
  Ref bytes(callMethod(file, NAME(read)));
  if (!bytes) return Value();
  if (!isBytes(bytes)) return raise(TypeErrorType, "file.read() returned not bytes but %.100T", bytes.get());
  size_t used;
  std::string_view data = bytesView(bytes);
  Ref made(marshal::read(data, &used, true));
  if (!made) return Value();
  if (used < data.size()) {
    Ref moved(callMethod(file, "seek", {newInt(static_cast<int64_t>(used) - static_cast<int64_t>(data.size())), newInt(1)}));
    if (!moved) return Value();
  }
  return made.release();
}

constinit const MethodDef methods[] = {
    {"dump", dump, "($module, value, file, version=version, /)"},
    {"dumps", dumps, "($module, value, version=version, /)"},
    {"load", audited<"marshal.load", "", load>, "($module, file, /)"},
    {"loads", loads, "($module, bytes, /)"},
    {},
};

int execute(Value module) { return moduleAdd(module, "version", newInt(marshal::kVersion)); }

} // namespace

extern "C" constinit const NativeModule krt_module_marshal = {"marshal", methods, execute};

} // namespace krait
