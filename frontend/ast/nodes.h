// The syntax tree. Nodes and their lists live in an Arena and are immutable
// once the parser has returned; names and fields are CPython's (nodes.def).
//
// A node's span is CPython's (lineno, col_offset, end_lineno, end_col_offset)
// as byte offsets; nodes that have no position in CPython (arguments, withitem,
// comprehension, match_case, mod) have one here too, for messages.
#pragma once

#include "frontend/ast/constant.h"
#include "frontend/ast/operators.h"
#include "frontend/base/array_ref.h"
#include "frontend/base/span.h"
#include "frontend/base/symbol.h"

#include <cassert>
#include <type_traits>

namespace krait::frontend::ast {

enum class NodeKind : uint8_t {
#define KRAIT_NODE(name, python, base, ...) name,
#include "frontend/ast/nodes.def"
};

struct Node {
  NodeKind kind;
  // Dense number, unique in its tree, below the root's `nodeCount`: side
  // tables about nodes are vectors indexed by it. A parent's is larger than
  // its children's.
  uint32_t index;
  base::Span span;

  // T: a node, or a group (Mod, Stmt, Expr, Pattern, TypeParam, Part).
  template <class T> bool is() const { return T::covers(kind); }
  template <class T> const T* as() const {
    assert(is<T>());
    return static_cast<const T*>(this);
  }
  template <class T> const T* tryAs() const { return is<T>() ? static_cast<const T*>(this) : nullptr; }
};

struct Mod : Node {
  static constexpr bool covers(NodeKind kind) { return kind <= NodeKind::FunctionType; }
  uint32_t nodeCount = 0; // nodes of the whole tree, this one included
};
struct Stmt : Node {
  static constexpr bool covers(NodeKind kind) {
    return kind >= NodeKind::FunctionDef && kind <= NodeKind::Continue;
  }
};
struct Expr : Node {
  static constexpr bool covers(NodeKind kind) { return kind >= NodeKind::BoolOp && kind <= NodeKind::Slice; }
};
struct Pattern : Node {
  static constexpr bool covers(NodeKind kind) {
    return kind >= NodeKind::MatchValue && kind <= NodeKind::MatchOr;
  }
};
struct TypeParam : Node {
  static constexpr bool covers(NodeKind kind) {
    return kind >= NodeKind::TypeVar && kind <= NodeKind::TypeVarTuple;
  }
};
struct Part : Node {
  static constexpr bool covers(NodeKind kind) { return kind >= NodeKind::Comprehension; }
};

// Children in source order (or in CPython's, where that differs).
template <class T> using ListOf = base::ArrayRef<const T*>;

#define KRAIT_NODE(name, python, base, ...) struct name;
#include "frontend/ast/nodes.def"

#define F_NODE(T, name) const T* name = nullptr;
#define F_OPT(T, name) const T* name = nullptr;
#define F_LIST(T, name) ListOf<T> name;
#define F_LIST0(T, name) ListOf<T> name;
#define F_PARAMS(T, name) ListOf<T> name;
#define F_ENUM(T, name) T name{};
#define F_ENUMS(T, name) krait::frontend::base::ArrayRef<T> name;
#define F_IDENT(name) krait::frontend::base::Symbol name;
#define F_OPTIDENT(name) krait::frontend::base::Symbol name;
#define F_IDENTS(name) krait::frontend::base::ArrayRef<krait::frontend::base::Symbol> name;
#define F_INT(name) int32_t name = 0;
#define F_CONST(name) ConstantValue name;
#define F_NOTHING(name)
#define KRAIT_NODE(Name, python, Group, fields)                                                                \
  struct Name : Group {                                                                                        \
    using GroupType = Group;                                                                                   \
    static constexpr NodeKind kKind = NodeKind::Name;                                                          \
    static constexpr bool covers(NodeKind kind) { return kind == kKind; }                                      \
    fields                                                                                                     \
  };
#include "frontend/ast/nodes.def"

// "FunctionDef", "arguments", "Expr": the class name in CPython's ast module.
const char* pythonName(NodeKind kind);

// Does CPython give such nodes a position?
bool hasPosition(NodeKind kind);

// The text that CPython's error messages use for an expression ("function
// call", "literal", "f-string expression").
const char* describe(const Expr& expr);

} // namespace krait::frontend::ast
