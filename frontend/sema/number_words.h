// What names say about numbers: builtins, attributes, how a name is spelt.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <string_view>

namespace krait::frontend::sema {

/// An attribute that numbers have, too.
bool isNumbersAttribute(std::string_view name);
/// A builtin that makes objects of other kinds.
bool makesObject(std::string_view builtin);
/// A builtin that makes numbers.
bool makesNumber(std::string_view builtin);
/// A builtin that counts: its items are numbers, or hold one.
bool countsUp(std::string_view builtin);
/// A method that puts its last argument into a container.
bool putsItem(std::string_view method);
/// A class or a sentinel, by its look.
bool isCapitalised(std::string_view name);
/// `int`, `float` or `complex`.
bool isNumberClass(const ast::Expr* annotation, const base::SymbolTable& symbols);

} // namespace krait::frontend::sema
