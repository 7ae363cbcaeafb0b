// Python's classes of syntax nodes: the native module _ast, made from the same
// tables as the front end's tree (frontend/ast/nodes.def, operators.def).
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/parse/type_comments.h"
#include "frontend/base/source_buffer.h"
#include "runtime/object/ref.h"

namespace krait::ir::interp {

// The class `name` ("FunctionDef", "expr", "Load"): borrowed, made on first use; null with an error.
Value astClass(const char* name);
// The name of a class or attribute as an interned str (borrowed), made once for each: `literal` is one of the program's. Null with an error.
Value astName(const char* literal);
// The instance that stands for an operator or context: borrowed.
Value astSingleton(const char* name);
// A new instance without attributes (owned); attributes are set by the caller.
Value newAstNode(Value cls);
bool isAstNode(Value v);

// The tree as Python objects (owned); null with an error. ast_export.cpp.
Value exportTree(const frontend::ast::Mod* tree, const frontend::base::SourceBuffer& buffer,
                 const frontend::base::SymbolTable& symbols, const frontend::parse::TypeComments& comments);

} // namespace krait::ir::interp
