// Calls.
#include "frontend/ast/queries.h"
#include "ir/bytecode/unit_compiler.h"

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

void UnitCompiler::call(const Call& n) {
  if (methodCall(n)) return;
  at(n.func->span);
  op(PUSH_NULL);
  visit(n.func);
  at(n.span);
  callHelper(0, n.args, n.keywords);
}

bool UnitCompiler::methodCall(const Call& n) {
  const Attribute* method = n.func->tryAs<Attribute>();
  if (!method) return false;
  // Functions of imported modules are no methods.
  if (const Name* owner = method->value->tryAs<Name>())
    if (const sema::Binding* b = c_.analysis.scopes.module().find(owner->id); b && (b->flags & sema::kImported)) return false;
  size_t keywords = n.keywords.size();
  if (n.args.size() + keywords + (keywords != 0) >= kStackUseGuideline) return false;
  if (hasStarred(n.args) || hasDoubleStarred(n.keywords)) return false;
  visit(method->value);
  at(method->span);
  attributeLocation(*method);
  opName(LOAD_METHOD, method->attr);
  visitAll(n.args);
  if (keywords) keywordNames(n.keywords);
  at(n.span);
  attributeLocation(*method);
  auto count = static_cast<int32_t>(n.args.size() + keywords);
  op(PRECALL, count);
  op(CALL, count);
  return true;
}

void UnitCompiler::keywordNames(ListOf<Keyword> keywords) {
  std::vector<core::ConstantId> names;
  for (const Keyword* k : keywords) {
    visit(k->value);
    names.push_back(c_.constants.internStr(c_.symbols.text(k->arg)));
  }
  op(KW_NAMES, constantIndex({c_.constants.internTuple(std::move(names)), -1}));
}

void UnitCompiler::subKeywords(ListOf<Keyword> keywords, size_t begin, size_t end) {
  size_t n = end - begin;
  bool big = n * 2 > kStackUseGuideline;
  if (n > 1 && !big) {
    std::vector<core::ConstantId> names;
    for (size_t i = begin; i < end; ++i) {
      visit(keywords[i]->value);
      names.push_back(c_.constants.internStr(c_.symbols.text(keywords[i]->arg)));
    }
    loadConst(c_.constants.internTuple(std::move(names)));
    return op(BUILD_CONST_KEY_MAP, static_cast<int32_t>(n));
  }
  if (big) opNowhere(BUILD_MAP, 0);
  for (size_t i = begin; i < end; ++i) {
    loadStr(c_.symbols.text(keywords[i]->arg));
    visit(keywords[i]->value);
    if (big) opNowhere(MAP_ADD, 1);
  }
  if (!big) op(BUILD_MAP, static_cast<int32_t>(n));
}

// The callee and what is pushed already are below.
void UnitCompiler::callHelper(int pushed, ListOf<Expr> args, ListOf<Keyword> keywords) {
  const bool spread = args.size() + keywords.size() * 2 > kStackUseGuideline || hasStarred(args) || hasDoubleStarred(keywords);
  if (!spread) {
    visitAll(args);
    if (!keywords.empty()) keywordNames(keywords);
    int32_t count = pushed + static_cast<int32_t>(args.size() + keywords.size());
    op(PRECALL, count);
    return op(CALL, count);
  }
  if (pushed == 0 && args.size() == 1 && args[0]->is<Starred>()) visit(args[0]->as<Starred>()->value);
  else display(args, pushed, BUILD_LIST, LIST_APPEND, LIST_EXTEND, true);
  if (!keywords.empty()) {
    bool have = false;
    size_t seen = 0;
    for (size_t i = 0; i < keywords.size(); ++i) {
      if (keywords[i]->arg) {
        ++seen;
        continue;
      }
      if (seen) {
        subKeywords(keywords, i - seen, i);
        if (have) op(DICT_MERGE, 1);
        have = true;
        seen = 0;
      }
      if (!have) op(BUILD_MAP, 0);
      have = true;
      visit(keywords[i]->value);
      op(DICT_MERGE, 1);
    }
    if (seen) {
      subKeywords(keywords, keywords.size() - seen, keywords.size());
      if (have) op(DICT_MERGE, 1);
    }
  }
  op(CALL_FUNCTION_EX, !keywords.empty());
}

} // namespace krait::ir::bytecode
