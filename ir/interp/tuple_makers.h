// Functions that hand their parameters on as a tuple, such as collections.namedtuple makes for each class from a text:
//     lambda _cls, x, y: _tuple_new(_cls, (x, y))
// They are known by their IR, whatever the names are. While the global is tuple.__new__ and the first argument a class derived from
// tuple, the instance is made of the arguments themselves; at any other time the function is executed as all are.
#pragma once

#include "ir/core/function.h"
#include "runtime/abi/code.h"

namespace krait::ir::interp {

// Whether all that it does is `return GLOBAL(first, (the others,))`.
bool makesTuple(const core::Function& f);

// The array entry of such a function.
Value invokeTupleMaker(FunctionObject* f, Value* argv);

} // namespace krait::ir::interp
