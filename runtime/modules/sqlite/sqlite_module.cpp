// _sqlite3: what sqlite3/dbapi2.py imports.
#include <cctype>
#include "runtime/memory/alloc.h"
#include "runtime/modules/module_constants.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/object/call.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {
namespace {

/// connect(database, …, factory=Connection, …)
Value connect(Value, const Args& args) {
  Value factory = asValue(&connectionType);
  if (args.count > 5) factory = args[5];
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (strEqual(asTuple(args.names)->items[i], "factory")) factory = args.values[args.count + i];
  return call(factory, args);
}

Value completeStatement(Value, const Value* argv) {
  std::string text;
  return nameArgument(argv[0], "complete_statement", "'statement'", &text) ? boolean(sqlite3_complete(text.c_str())) : Value();
}

Value registerAdapter(Value, const Value* argv) {
  Ref key(newTuple({argv[0], asValue(&prepareProtocolType)}));
  return key && dictSet(adapters(), key, argv[1]) == 0 ? newRef(none()) : Value();
}

Value registerConverter(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "register_converter() argument 1 must be str, not %T", argv[0]);
  Ref name(callMethod(argv[0], "upper"));
  return name && dictSet(converters(), name, argv[1]) == 0 ? newRef(none()) : Value();
}

Value adaptFunction(Value, const Value* argv) {
  return adapt(argv[0], argv[1] ? argv[1] : asValue(&prepareProtocolType), argv[2]);
}

Value enableTracebacks(Value, Value flag) {
  int32_t on = isTrue(flag);
  if (on < 0) return Value();
  callbackTracebacks = on;
  return newRef(none());
}

Value enableSharedCache(Value, const Value* argv) {
  int32_t on = isTrue(argv[0]);
  if (on < 0) return Value();
  return sqlite3_enable_shared_cache(on) == SQLITE_OK ? newRef(none())
                                                      : raise(operationalErrorType, "Changing the shared_cache flag failed");
}

const MethodDef functions[] = {
    {"connect", connect, "($module, /, database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=ConnectionType, cached_statements=128, uri=False)"},
    {"complete_statement", completeStatement, "($module, /, statement)"},
    {"register_adapter", registerAdapter, "($module, type, adapter, /)"},
    {"register_converter", registerConverter, "($module, typename, converter, /)"},
    {"adapt", adaptFunction, "($module, obj, proto=PrepareProtocolType, alt=<unrepresentable>, /)"},
    {"enable_callback_tracebacks", enableTracebacks, "($module, enable, /)"},
    {"enable_shared_cache", enableSharedCache, "($module, /, do_enable)"},
    {},
};

constexpr ModuleConstant constants[] = {
    {"PARSE_DECLTYPES", kParseDeclTypes},
    {"PARSE_COLNAMES", kParseColNames},
#define KRAIT_SQLITE_CODE(name) {#name, name},
#include "runtime/modules/sqlite/error_codes.def"
#undef KRAIT_SQLITE_CODE
#define KRAIT_SQLITE_CONSTANT(name) {#name, name},
#include "runtime/modules/sqlite/constants.def"
#undef KRAIT_SQLITE_CONSTANT
};

/// The methods of functions.cpp belong to Connection, too.
int32_t addFunctionMethods() {
  typeReady(&connectionType);
  for (const MethodDef* m = functionMethods; m->name; ++m) {
    Ref descriptor(newMethodDescriptor(&connectionType, m));
    if (!descriptor || dictSet(connectionType.dict, m->name, descriptor) < 0) return -1;
  }
  return 0;
}

int exec(Value module) {
  if (addFunctionMethods() < 0) return -1;
  for (krait::Type* type : {&connectionType, &cursorType, &blobType, &rowType, &prepareProtocolType, &warningType, &errorType,
                            &interfaceErrorType, &databaseErrorType, &dataErrorType, &operationalErrorType,
                            &integrityErrorType, &internalErrorType, &programmingErrorType, &notSupportedErrorType})
    if (moduleAddType(module, type) < 0) return -1;
  if (moduleAddConstants(module, constants) < 0) return -1;
  if (moduleAdd(module, "version", newStr("2.6.0")) < 0 || moduleAdd(module, "sqlite_version", newStr(sqlite3_libversion())) < 0 ||
      moduleAdd(module, "adapters", xnewRef(adapters())) < 0 || moduleAdd(module, "converters", xnewRef(converters())) < 0)
    return -1;
  int threads = sqlite3_threadsafe();
  return moduleAdd(module, "threadsafety", newInt(threads == 1 ? 3 : threads == 2 ? 1 : 0));
}

} // namespace

extern "C" constinit const NativeModule krt_module_sqlite3 = {"_sqlite3", functions, exec};

} // namespace krait::sqlite
