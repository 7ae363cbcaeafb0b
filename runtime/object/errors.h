// Raising from C++. Everything here sets krt_hot.raised and returns the error
// value of the caller's kind.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// Formats and raises. Codes: %s C string, %d int, %lld long long, %zd/%zu sizes, %c, %g-free (format
/// doubles yourself), %R repr(Value), %S str(Value), %U str object (Value), %T name of the type of a Value, %G the same but "None" for None
/// as CPython's Py_TYPE(x)->tp_name, %N name of a const Type*, %.200s style precisions accepted.
[[gnu::cold]] Value raise(const Type& type, const char* format, ...);
/// The same for int-status functions.
template <class... A> [[gnu::cold]] int32_t fail(const Type& type, const char* format, A... args) {
  raise(type, format, args...);
  return -1;
}
[[gnu::cold]] Value raiseObject(const Type& type, Value argument);      // type(argument); tuple is one argument
[[gnu::cold]] Value raiseKeyError(Value key);
/// AttributeError / NameError that know what was looked for (suggestions are made from it).
[[gnu::cold]] Value raiseAttributeError(Value obj, Value name, const char* format, ...);
[[gnu::cold]] Value raiseNameError(const Type& type, Value name, const char* format, ...);
/// Fills `obj` and `name` into a pending AttributeError that has neither (what getattr does for any descriptor's error).
void errorSetAttributeContext(Value obj, Value name);
[[gnu::cold]] Value raiseImportError(const Type& type, Value message, Value name, Value path); // name, path may be null
[[gnu::cold]] Value raiseStopIteration(Value v);                        // v null or None: no value
[[gnu::cold]] Value raiseOsError(int errnum, Value filename = Value(), Value filename2 = Value()); // the errno's subclass
[[gnu::cold]] Value raiseNoMemory();
/// str built with the same format codes, or null.
Value formatText(const char* format, ...);

inline bool errorSet() { return static_cast<bool>(krt_hot.raised); }
bool errorMatches(const Type& type);          // pending exception is an instance
void errorClear();                            // drops the pending exception
/// Clears and answers true if the pending exception is an instance of `type`.
bool errorClearIf(const Type& type);
Ref errorTake();                              // owned; null if none
void errorRestore(Value owned);               // replaces what is pending
/// Raises an exception instance (owned): chains what is being handled as its __context__. Always null.
Value raiseInstance(Value owned);
/// Chains `context` (owned, may be null) as __context__ of the pending exception, if any; else makes it pending.
void errorChainContext(Value context);
/// `raise … from` inside C++: sets __cause__ and __context__ of the pending one to `cause` (owned).
void errorChainCause(Value cause);
/// Shows the pending error through sys.unraisablehook and clears it: "Exception ignored in: repr(object)", or
/// "Exception ignored <message>: repr(object)". message and object may be null.
void errorUnraisable(const char* message, Value object);
int32_t warn(const Type& category, int stackLevel, const char* format, ...); // -1 if turned into an error

#define KRAIT_EXCEPTION(name) extern Type name##Type;
#include "runtime/abi/exceptions.def"
#undef KRAIT_EXCEPTION

} // namespace krait
