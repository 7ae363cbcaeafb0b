// _json: what json.scanner, json.decoder and json.encoder replace their Python by.
#include "runtime/modules/json/json_text.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace json {

static Value scanstringFunction(Value, const Value* argv) {
  int64_t at;
  int strict = 1;
  if (!sizeArgument(argv[1], &at) || (argv[2] && !intArgument(argv[2], &strict))) return Value();
  if (!isStr(argv[0])) return raise(TypeErrorType, "first argument must be a string, not %.80s", typeOf(argv[0])->name);
  int64_t next;
  Ref text(scanString(argv[0], at, strict, &next));
  return text ? newTuple({text.get(), newInt(next)}) : Value();
}

static constexpr MethodDef functions[] = {
    {"encode_basestring_ascii", encodeBasestringAscii},
    {"encode_basestring", encodeBasestring},
    {"scanstring", scanstringFunction, "(string, end, strict=True, /)", kMethodUnsigned | kMethodParsed},
    {},
};

static int execute(Value module) {
  typeReady(&scannerType);
  typeReady(&encoderType);
  return moduleAdd(module, "make_scanner", newRef(asValue(&scannerType))) < 0 ||
                 moduleAdd(module, "make_encoder", newRef(asValue(&encoderType))) < 0
             ? -1
             : 0;
}

} // namespace json

extern "C" constinit const NativeModule krt_module_json = {"_json", json::functions, json::execute};

} // namespace krait
