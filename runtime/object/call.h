// The call protocol below protocol.h: binding arguments to compiled functions
// and to builtin ones, and the forms that consume their arguments.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"

namespace krait {

/// Calls any object; args[0 … count-1] are consumed, the last len(names) of them are keyword values.
Value callOwned(Value f, Value* args, size_t count, Value names);
/// Type::call of functions.
Value callFunction(Value f, const Args& args);
/// The same with consumed words (positional first, then one per name).
Value callFunctionOwned(FunctionObject* f, Value* words, size_t count, Value names);
/// Calls a builtin function's or method's implementation. `callable` (builtin function, method descriptor) is asked
/// for its name only when a message needs it.
Value callMethodDef(const MethodDef* def, Value callable, Value self, const Args& args);
/// Name of a callable in messages, with parentheses: "f()", "module.f()", or its str.
Value calleeText(Value f);
/// TypeError of a call of something that is not callable, or of a wrong keyword.
Value raiseNotCallable(Value f);

/// Parsed text signature, cached for the process by the address of its text.
struct Signature;
const Signature* parseSignature(const char* text);

} // namespace krait
