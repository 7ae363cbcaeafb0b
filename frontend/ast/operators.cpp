// Names and spellings, straight out of operators.def.
#include "frontend/ast/operators.h"

namespace krait::frontend::ast {

const char* nameOf(ExprContext value) {
  static constexpr const char* kNames[] = {
#define KRAIT_EXPR_CONTEXT(name) #name,
#include "frontend/ast/operators.def"
  };
  return kNames[static_cast<unsigned>(value)];
}

const char* nameOf(BoolOperator value) {
  static constexpr const char* kNames[] = {
#define KRAIT_BOOL_OPERATOR(name, text) #name,
#include "frontend/ast/operators.def"
  };
  return kNames[static_cast<unsigned>(value)];
}

const char* nameOf(Operator value) {
  static constexpr const char* kNames[] = {
#define KRAIT_OPERATOR(name, text) #name,
#include "frontend/ast/operators.def"
  };
  return kNames[static_cast<unsigned>(value)];
}

const char* nameOf(UnaryOperator value) {
  static constexpr const char* kNames[] = {
#define KRAIT_UNARY_OPERATOR(name, text) #name,
#include "frontend/ast/operators.def"
  };
  return kNames[static_cast<unsigned>(value)];
}

const char* nameOf(CompareOperator value) {
  static constexpr const char* kNames[] = {
#define KRAIT_COMPARE_OPERATOR(name, text) #name,
#include "frontend/ast/operators.def"
  };
  return kNames[static_cast<unsigned>(value)];
}

const char* spellingOf(BoolOperator value) {
  static constexpr const char* kTexts[] = {
#define KRAIT_BOOL_OPERATOR(name, text) text,
#include "frontend/ast/operators.def"
  };
  return kTexts[static_cast<unsigned>(value)];
}

const char* spellingOf(Operator value) {
  static constexpr const char* kTexts[] = {
#define KRAIT_OPERATOR(name, text) text,
#include "frontend/ast/operators.def"
  };
  return kTexts[static_cast<unsigned>(value)];
}

const char* spellingOf(UnaryOperator value) {
  static constexpr const char* kTexts[] = {
#define KRAIT_UNARY_OPERATOR(name, text) text,
#include "frontend/ast/operators.def"
  };
  return kTexts[static_cast<unsigned>(value)];
}

const char* spellingOf(CompareOperator value) {
  static constexpr const char* kTexts[] = {
#define KRAIT_COMPARE_OPERATOR(name, text) text,
#include "frontend/ast/operators.def"
  };
  return kTexts[static_cast<unsigned>(value)];
}

} // namespace krait::frontend::ast
