// Walking the tree.
//
//   forEachChild(node, f)   calls f(const Node*) for every child that is there,
//                           in field order (CPython's ast.iter_child_nodes).
//   Visitor<Derived>        calls derived.visitBinOp(const BinOp&), …; a node
//                           whose method Derived does not have is walked into.
//
// Depth is bounded by the parser's depth limit, so recursion is safe; the
// exception is the left spine of a long `a + b + c + …`, see Visitor::visit.
#pragma once

#include "frontend/ast/nodes.h"

namespace krait::frontend::ast {

namespace detail {
template <class F> void callOnEach(const Node* child, F& f) {
  if (child != nullptr) f(child);
}
template <class T, class F> void callOnList(ListOf<T> list, F& f) {
  for (const T* child : list)
    if (child != nullptr) f(static_cast<const Node*>(child));
}
} // namespace detail

template <class F> void forEachChild(const Node* node, F&& f) {
  switch (node->kind) {
#define F_NODE(T, name) detail::callOnEach(n.name, f);
#define F_OPT(T, name) detail::callOnEach(n.name, f);
#define F_LIST(T, name) detail::callOnList<T>(n.name, f);
#define F_LIST0(T, name) detail::callOnList<T>(n.name, f);
#define F_PARAMS(T, name) detail::callOnList<T>(n.name, f);
#define F_ENUM(T, name)
#define F_ENUMS(T, name)
#define F_IDENT(name)
#define F_OPTIDENT(name)
#define F_IDENTS(name)
#define F_INT(name)
#define F_CONST(name)
#define F_NOTHING(name)
#define KRAIT_NODE(Name, python, Group, fields)                                                                \
  case NodeKind::Name: {                                                                                       \
    [[maybe_unused]] const auto& n = *node->as<Name>();                                                        \
    fields break;                                                                                              \
  }
#include "frontend/ast/nodes.def"
  }
}

template <class Derived> class Visitor {
public:
  void visit(const Node* node) {
    switch (node->kind) {
#define KRAIT_NODE(Name, python, Group, ...)                                                                   \
  case NodeKind::Name: return derived().visit##Name(*node->as<Name>());
#include "frontend/ast/nodes.def"
    }
  }
  void visitChildren(const Node& node) {
    forEachChild(&node, [this](const Node* child) { visit(child); });
  }
#define KRAIT_NODE(Name, python, Group, ...)                                                                   \
  void visit##Name(const Name& node) { derived().visitChildren(node); }
#include "frontend/ast/nodes.def"

private:
  Derived& derived() { return static_cast<Derived&>(*this); }
};

} // namespace krait::frontend::ast
