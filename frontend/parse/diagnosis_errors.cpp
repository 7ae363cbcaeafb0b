// The error rules' actions.
#include "frontend/parse/diagnosis.h"

#include <algorithm>

namespace krait::frontend::parse {

using base::DiagnosticId;
using base::ErrorPosition;
using base::Span;
using lex::TokenKind;

ErrorPosition Diagnosis::here() const { return errors_.positionOf(tokens_[fetched_ - 1]); }

void Diagnosis::report(DiagnosticId id, ErrorPosition position, base::Diagnostics::Arguments arguments) {
  reported_ = stop_ = true;
  errors_.reached(tokens_[fetched_ - 1].end);
  errors_.report(id, position, arguments);
}

void Diagnosis::reportAt(DiagnosticId id, Span span, base::Diagnostics::Arguments arguments) {
  report(id, base::positionOf(buffer_, span), arguments);
}

// The innermost part that cannot be assigned to or deleted; null if all can.
const Diagnosis::Value* Diagnosis::invalidTarget(const Value* target, TargetKind kind) {
  switch (target->shape) {
  case Shape::Assignable: return nullptr;
  case Shape::Sequence:
    for (const Value* part : target->parts)
      if (const Value* invalid = invalidTarget(part, kind)) return invalid;
    return nullptr;
  case Shape::Starred: return kind == TargetKind::Del ? target : invalidTarget(target->parts[0], kind);
  case Shape::Compare:
    // `for x in y` is read as a comparison: its left side is the target.
    if (kind != TargetKind::For) return target;
    return target->parts[1]->shape == Shape::InPair ? invalidTarget(target->parts[0], kind) : nullptr;
  default: return target;
  }
}

void Diagnosis::raiseTarget(const Value* target, TargetKind kind) {
  const Value* invalid = invalidTarget(target, kind);
  if (invalid == nullptr) return;
  DiagnosticId id = kind == TargetKind::Del ? DiagnosticId::CannotDelete : DiagnosticId::CannotAssign;
  reportAt(id, invalid->span, {invalid->description});
}

void Diagnosis::raise(const Action& action, const Alternative& alternative, const Value* const* parts) {
  auto partNamed = [&](char name) -> const Value* {
    for (size_t i = 0; i < alternative.items.size(); ++i)
      if (alternative.items[i].name == name) return parts[i];
    return nullptr;
  };
  const Value* a = action.names.empty() ? nullptr : partNamed(action.names[0]);
  const Value* b = action.names.size() < 2 ? nullptr : partNamed(action.names[1]);
  std::string texts[2];
  for (size_t i = 0; i + 1 < action.arguments.size(); i += 2) {
    const Value* part = partNamed(action.arguments[i + 1]);
    switch (action.arguments[i]) {
    case 'n': texts[i / 2] = part->description; break;
    case 't': texts[i / 2] = textOf(part->span); break;
    default: texts[i / 2] = std::to_string(buffer_.position(part->span.start).line);
    }
  }
  base::Diagnostics::Arguments arguments = {texts[0], texts[1]};
  auto isOldStatement = [&](const Value* name) {
    std::string_view text = textOf(name->span);
    return name->shape == Shape::Assignable && (text == "print" || text == "exec");
  };
  // The end of the last comprehension of a list of them.
  auto endOfComprehensions = [](const Value* list) { return list->parts.back()->parts.back()->span.end; };

  switch (action.does) {
  case Action::Does::Here: return report(action.id, here(), arguments);
  case Action::Does::At: return reportAt(action.id, a->span, arguments);
  case Action::Does::Range: return reportAt(action.id, {a->span.start, b->span.end}, arguments);
  case Action::Does::RangeToLast:
    return reportAt(action.id, {a->span.start, b->parts.back()->span.end}, arguments);
  case Action::Does::From: {
    ErrorPosition position = base::positionOf(buffer_, {a->span.start, tokens_[fetched_ - 1].end});
    --position.endOffset; // CPython reports its tokenizer's cursor as it is
    return report(action.id, position, arguments);
  }
  case Action::Does::Behind: {
    ErrorPosition position = base::positionOf(buffer_, a->span);
    return report(action.id, {position.lineno, position.endOffset - 1, position.endLineno, 0}, arguments);
  }
  case Action::Does::StarTarget: return raiseTarget(a, TargetKind::Star);
  case Action::Does::ForTarget: return raiseTarget(a, TargetKind::For);
  case Action::Does::DelTarget: return raiseTarget(a, TargetKind::Del);
  case Action::Does::Generator:
    return reportAt(DiagnosticId::GeneratorParens, {a->span.start, endOfComprehensions(b)});
  case Action::Does::GeneratorInCall: {
    size_t count = 0;
    const Value* last = nullptr;
    for (const Value* argument : a->parts) {
      if (argument->shape == Shape::Keyword || argument->shape == Shape::Unpacking) continue;
      ++count;
      last = argument;
    }
    if (count <= 1) return;
    return reportAt(DiagnosticId::GeneratorParens, {last->span.start, endOfComprehensions(b)});
  }
  case Action::Does::GeneratorTarget:
    return reportAt(DiagnosticId::GeneratorParens, {a->span.start, b->parts.back()->parts.front()->span.end});
  case Action::Does::PositionalAfterKeyword: {
    bool sawUnpacking = std::any_of(a->parts.begin(), a->parts.end(),
                                    [](const Value* part) { return part->shape == Shape::Unpacking; });
    return report(sawUnpacking ? DiagnosticId::PositionalAfterUnpacking : DiagnosticId::PositionalAfterKeyword, here());
  }
  case Action::Does::Legacy:
    if (!isOldStatement(a)) return;
    return reportAt(DiagnosticId::MissingCallParens, {a->span.start, b->span.end}, {textOf(a->span)});
  case Action::Does::Comma:
    if (isOldStatement(a) || bracketLevel(mark_ - 1) == 0) return;
    return reportAt(DiagnosticId::ForgottenComma, {a->span.start, b->span.end});
  case Action::Does::Default:
  case Action::Does::Part:
  case Action::Does::Make: return;
  }
}

} // namespace krait::frontend::parse
