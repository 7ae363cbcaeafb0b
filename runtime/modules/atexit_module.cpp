// The atexit module.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/startup.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value registered; // list of (function, args, keywords or None), None for one that is unregistered; or null

Value registerFunction(Value, const Args& args) {
  if (args.count < 1) return raise(TypeErrorType, "register() takes at least 1 argument (0 given)");
  if (!isCallable(args[0])) return raise(TypeErrorType, "the first argument must be callable");
  if (!registered) registered = newList(0);
  Ref positional(newTupleFrom(args.values + 1, args.count - 1));
  Ref keywords(args.hasNames() ? newDict() : newRef(none()));
  for (size_t i = 0; keywords && args.hasNames() && i < args.nameCount(); ++i)
    if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return Value();
  Ref entry(positional && keywords ? newTuple({args[0], positional.get(), keywords.get()}) : Value());
  if (!entry || !registered || listAppend(registered, entry) < 0) return Value();
  return newRef(args[0]);
}

/// The entry at that place; null if its function was unregistered or comparing or calling another has shortened the list.
Value entryAt(int64_t i) {
  if (!registered || i >= asList(registered)->size || isNone(asList(registered)->items[i])) return {};
  return newRef(asList(registered)->items[i]);
}

/// The places of those that go are kept, as CPython does: _ncallbacks() shows it.
Value unregisterFunction(Value, Value f) {
  for (int64_t i = 0; registered && i < asList(registered)->size; ++i) {
    Ref entry(entryAt(i));
    if (!entry) continue;
    const int32_t same = equal(asTuple(entry)->items[0], f);
    if (same < 0) return Value();
    if (same && Ref(entryAt(i)).get() == entry.get()) assign(asList(registered)->items[i], newRef(none()));
  }
  return newRef(none());
}

Value clearFunction(Value) {
  clear(registered);
  return newRef(none());
}
Value countFunction(Value) { return newInt(registered ? asList(registered)->size : 0); }
Value runFunction(Value) {
  runExitFunctions();
  return newRef(none());
}

constinit const MethodDef methods[] = {
    {"register", registerFunction},
    {"unregister", unregisterFunction, "(func, /)", kMethodUnsigned},
    {"_clear", clearFunction, "()", kMethodUnsigned},
    {"_ncallbacks", countFunction, "()", kMethodUnsigned},
    {"_run_exitfuncs", runFunction, "()", kMethodUnsigned},
    {},
};

} // namespace

/// From the last to the first. What they register themselves is not called, unless it takes a place that is still to come.
void runExitFunctions() {
  for (int64_t i = registered ? asList(registered)->size - 1 : -1; i >= 0; --i) {
    Ref entry(entryAt(i));
    if (!entry) continue;
    Value* part = asTuple(entry)->items;
    Ref r(callTupleDict(part[0], part[1], isNone(part[2]) ? Value() : part[2]));
    if (!r) errorUnraisable("in atexit callback", part[0]);
  }
  clear(registered);
}

extern "C" constinit const NativeModule krt_module_atexit = {"atexit", methods, nullptr};

} // namespace krait
