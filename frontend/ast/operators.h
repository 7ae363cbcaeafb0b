// The operator enumerations of the tree, from operators.def.
#pragma once

#include <cstdint>

namespace krait::frontend::ast {

enum class ExprContext : uint8_t {
#define KRAIT_EXPR_CONTEXT(name) name,
#include "frontend/ast/operators.def"
};
enum class BoolOperator : uint8_t {
#define KRAIT_BOOL_OPERATOR(name, text) name,
#include "frontend/ast/operators.def"
};
enum class Operator : uint8_t {
#define KRAIT_OPERATOR(name, text) name,
#include "frontend/ast/operators.def"
};
enum class UnaryOperator : uint8_t {
#define KRAIT_UNARY_OPERATOR(name, text) name,
#include "frontend/ast/operators.def"
};
enum class CompareOperator : uint8_t {
#define KRAIT_COMPARE_OPERATOR(name, text) name,
#include "frontend/ast/operators.def"
};

// CPython's class name: "Add", "NotIn", "Load".
const char* nameOf(ExprContext value);
const char* nameOf(BoolOperator value);
const char* nameOf(Operator value);
const char* nameOf(UnaryOperator value);
const char* nameOf(CompareOperator value);

// How it is written: "+", "not in".
const char* spellingOf(BoolOperator value);
const char* spellingOf(Operator value);
const char* spellingOf(UnaryOperator value);
const char* spellingOf(CompareOperator value);

} // namespace krait::frontend::ast
