// Python's repr() of the values that literals have.
#pragma once

#include "frontend/ast/constant.h"

#include <string>

namespace krait::frontend::ast {

void appendRepr(std::string& out, const ConstantValue& value);
void appendReprOfStr(std::string& out, std::string_view wtf8);

// The decimal digits of a number written in base 2, 8, 10 or 16. Quadratic.
std::string toDecimal(std::string_view digits, unsigned base);

} // namespace krait::frontend::ast
