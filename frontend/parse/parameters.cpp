// Parameter lists of functions and lambdas.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

const Arg* Parser::parameter(bool isLambda, bool starAnnotation) {
  const Token* start = cur_;
  base::Symbol name = expectName();
  const Expr* annotation = nullptr;
  if (!isLambda && accept(TokenKind::Colon)) annotation = starAnnotation ? starExpression() : expression();
  return make<Arg>(spanFrom(start), name, annotation);
}

// Up to, not with, the token `end`. The scratch stack holds one list at a time;
// the lists that are open side by side (parameters and defaults) are vectors
// only when there is something to put into them.
const Arguments* Parser::parameters(TokenKind end, bool isLambda) {
  const Token* start = cur_;
  if (at(end)) {
    base::Span nothing{cur_->start, cur_->start};
    return make<Arguments>(nothing, ListOf<Arg>(), ListOf<Arg>(), nullptr, ListOf<Arg>(), ListOf<Expr>(), nullptr,
                           ListOf<Expr>());
  }
  enum class Stage { Positional, AfterStar, AfterDoubleStar } stage = Stage::Positional;
  ListOf<Arg> positionalOnly, positional, keywordOnly;
  ListOf<Expr> defaults, keywordDefaults;
  const Arg* vararg = nullptr;
  const Arg* kwarg = nullptr;
  bool sawSlash = false, bareStar = false;
  size_t names = scratch_.size();        // parameters of the current stage
  size_t values = keywordScratch_.size(); // their defaults

  auto takeDefaults = [&] {
    ListOf<Expr> list = arena_.copy(reinterpret_cast<const Expr* const*>(keywordScratch_.from(values)),
                                    keywordScratch_.size() - values);
    keywordScratch_.shrink(values);
    return list;
  };
  auto endPositional = [&] {
    positional = takeList<Arg>(names);
    defaults = takeDefaults();
    stage = Stage::AfterStar;
  };

  while (!at(end)) {
    if (stage == Stage::AfterDoubleStar) {
      poison(); // nothing follows `**kwargs`
      break;
    }
    const Arg* latest = nullptr;
    const bool isBareStar = !isLambda && at(TokenKind::Star) && cur_[1].kind == TokenKind::Comma;
    if (accept(TokenKind::Slash)) {
      since(8, "Positional-only parameters are");
      if (sawSlash || stage != Stage::Positional || scratch_.size() == names) poison();
      sawSlash = true;
      positionalOnly = takeList<Arg>(names);
    } else if (accept(TokenKind::Star)) {
      if (stage != Stage::Positional) poison();
      endPositional();
      if (at(TokenKind::Comma))
        bareStar = true;
      else
        latest = vararg = parameter(isLambda, true);
    } else if (accept(TokenKind::DoubleStar)) {
      if (stage == Stage::Positional) endPositional();
      if (bareStar && scratch_.size() == names) poison();
      latest = kwarg = parameter(isLambda, false);
      stage = Stage::AfterDoubleStar;
    } else {
      latest = parameter(isLambda, false);
      scratch_.push(latest);
      const Expr* value = accept(TokenKind::Equal) ? expression() : nullptr;
      bool isPositional = stage == Stage::Positional;
      if (value == nullptr && isPositional && keywordScratch_.size() != values) poison();
      if (value != nullptr || !isPositional) keywordScratch_.push(value);
    }
    const bool goesOn = accept(TokenKind::Comma);
    if (latest && !isLambda) attach(latest, typeComment(false));
    if (isBareStar)
      if (const base::Span comment = typeComment(false); comment.end != 0) failAt(DiagnosticId::BareStarTypeComment, comment);
    if (!goesOn) break;
  }
  if (stage == Stage::Positional) endPositional();
  keywordOnly = takeList<Arg>(names);
  keywordDefaults = takeDefaults();
  if (bareStar && keywordOnly.empty()) poison();
  return make<Arguments>(spanFrom(start), positionalOnly, positional, vararg, keywordOnly, keywordDefaults, kwarg,
                         defaults);
}

} // namespace krait::frontend::parse
