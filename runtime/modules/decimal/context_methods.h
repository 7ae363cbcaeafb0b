// The method table of Context (context_methods.cpp) and those methods that stand with its attributes.
#pragma once
#include "runtime/object/type.h"

namespace krait::decimal {

extern const MethodDef contextMethods[];
Value contextCopy(Value self);
Value contextReduce(Value self);
Value clearFlags(Value self);
Value clearTraps(Value self);
Value etinyMethod(Value self);
Value etopMethod(Value self);

} // namespace krait::decimal
