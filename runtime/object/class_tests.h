// isinstance and issubclass without the hooks: what type.__instancecheck__ and
// type.__subclasscheck__ do.
#pragma once
#include "runtime/abi/object.h"

namespace krait {

struct FunctionObject;

int32_t plainIsInstance(Value o, Value cls);
int32_t plainIsSubclass(Value derived, Value cls);

/// What ABCMeta's `check` (__instancecheck__ or __subclasscheck__, as it was found) would answer about a class from the caches
/// of `cls`: 1 or 0; -1 if it has to be called, or is another function. Runs no code. Null before there is an abstract class.
using AbcAnswer = int32_t (*)(FunctionObject* check, Value cls, Value type);
extern AbcAnswer abcAnswer;

} // namespace krait
