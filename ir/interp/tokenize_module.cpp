// The _tokenize module: the tokens of a text as the compiler sees them. Its errors are raised where iteration comes to
// them; a text that merely ends too early, or is indented wrongly, ends the iteration.
#include "frontend/base/source_buffer.h"
#include "frontend/lex/lexer.h"
#include "frontend/parse/syntax_error.h"
#include "ir/interp/engine.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <string_view>

namespace krait::ir::interp {

namespace fe = krait::frontend;
using fe::lex::Token;
using fe::lex::TokenKind;

namespace {

// CPython's kinds in the order of their numbers.
constexpr std::string_view kKinds[] = {
    "ENDMARKER", "NAME", "NUMBER", "STRING", "NEWLINE", "INDENT", "DEDENT", "LPAR", "RPAR", "LSQB", "RSQB", "COLON", "COMMA",
    "SEMI", "PLUS", "MINUS", "STAR", "SLASH", "VBAR", "AMPER", "LESS", "GREATER", "EQUAL", "DOT", "PERCENT", "LBRACE", "RBRACE",
    "EQEQUAL", "NOTEQUAL", "LESSEQUAL", "GREATEREQUAL", "TILDE", "CIRCUMFLEX", "LEFTSHIFT", "RIGHTSHIFT", "DOUBLESTAR",
    "PLUSEQUAL", "MINEQUAL", "STAREQUAL", "SLASHEQUAL", "PERCENTEQUAL", "AMPEREQUAL", "VBAREQUAL", "CIRCUMFLEXEQUAL",
    "LEFTSHIFTEQUAL", "RIGHTSHIFTEQUAL", "DOUBLESTAREQUAL", "DOUBLESLASH", "DOUBLESLASHEQUAL", "AT", "ATEQUAL", "RARROW",
    "ELLIPSIS", "COLONEQUAL", "OP", "AWAIT", "ASYNC"};

int64_t numberOf(std::string_view name) {
  for (size_t i = 0; i < std::size(kKinds); ++i)
    if (kKinds[i] == name) return static_cast<int64_t>(i);
  return 0;
}

int64_t kindOf(const Token& t) {
  if (t.kind == TokenKind::KwAsync) return numberOf("ASYNC");
  if (t.kind == TokenKind::KwAwait) return numberOf("AWAIT");
  return numberOf(fe::lex::isKeyword(t.kind) ? "NAME" : fe::lex::nameOf(t.kind));
}

struct TokenizerObject {
  Object header;
  Value tokens; // list of tuples
  Value error;  // raised behind them, or null
  int64_t at;
};

// (text, kind, first line, last line, column, end column, line)
Value tupleOf(const Token& t, const fe::base::SourceBuffer& buffer) {
  const std::string_view text = buffer.text();
  const fe::base::LineColumn from = buffer.position(t.start), to = buffer.position(t.end);
  const bool isBlock = t.kind == TokenKind::Indent || t.kind == TokenKind::Dedent;
  const bool isEmpty = isBlock || t.kind == TokenKind::Newline;
  const uint32_t start = buffer.lineStart(from.line);
  const size_t end = std::min(text.find('\n', t.end), text.size());
  const int64_t column = isBlock ? int64_t{-1} : int64_t{from.column};
  return newTuple({newStr(isEmpty ? std::string_view() : text.substr(t.start, t.end - t.start)), newInt(kindOf(t)),
                   newInt(from.line), newInt(isEmpty ? from.line : to.line), newInt(column),
                   newInt(isEmpty ? column : static_cast<int64_t>(to.column)), newStr(text.substr(start, end - start))});
}

Value construct(Type* type, const Args& args) {
  if (checkPositional("tokenizeriter", args, 1, 1) < 0) return Value();
  if (!isStr(args[0])) return raise(TypeErrorType, "tokenizeriter() argument 'source' must be str, not %T", args[0]);
  Utf8 source(args[0]);
  fe::base::Diagnostics diags;
  auto buffer = source.ok() ? fe::base::SourceBuffer::fromText("<string>", source.view(), diags) : nullptr;
  if (!buffer) {
    if (!errorSet()) raiseDiagnostic(*diags.firstError());
    return Value();
  }
  fe::base::SymbolTable symbols;
  fe::lex::TokenList list;
  fe::lex::tokenize(*buffer, symbols, fe::lex::FinalNewline::Implied, list, 0);
  Ref tokens(newList(0));
  for (const Token& t : list.tokens) {
    if (t.kind == TokenKind::EndMarker || t.kind == TokenKind::Error) break;
    Ref one(tupleOf(t, *buffer));
    if (!one || !tokens || listAppend(tokens, one) < 0) return Value();
  }
  Ref error;
  if (list.hasError && list.error.overrulesParser) {
    fe::parse::SyntaxErrors(*buffer, list, diags, true, false).reportLexical();
    if (diags.firstError()) raiseDiagnostic(*diags.firstError()), error = errorTake();
  }
  Value made = type->allocate(type, 0);
  if (!made) return Value();
  made.as<TokenizerObject>()->tokens = tokens.release();
  made.as<TokenizerObject>()->error = error.release();
  gcTrack(made.object());
  return made;
}

Value next(Value self) {
  auto* t = self.as<TokenizerObject>();
  if (t->at < asList(t->tokens)->size) return newRef(asList(t->tokens)->items[t->at++]);
  if (Value error = t->error) {
    t->error = Value();
    errorRestore(error);
  }
  return Value();
}

Value iter(Value self) { return newRef(self); }

void dealloc(Object* o) {
  gcUntrack(o);
  auto* t = reinterpret_cast<TokenizerObject*>(o);
  clear(t->tokens);
  clear(t->error);
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) {
  auto* t = reinterpret_cast<TokenizerObject*>(o);
  if (int stop = visit(t->tokens, context)) return stop;
  return visit(t->error, context);
}

constinit Type tokenizerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_tokenize.TokenizerIter",
    .base = &objectType,
    .instanceLayout = {.type = &tokenizerType, .size = sizeof(TokenizerObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .iter = iter,
    .next = next,
    .construct = construct,
};

int execute(Value module) { return moduleAddType(module, &tokenizerType); }

constinit const MethodDef functions[] = {{}};

} // namespace
} // namespace krait::ir::interp

extern "C" constinit const krait::NativeModule krt_module_tokenize = {"_tokenize", krait::ir::interp::functions,
                                                                      krait::ir::interp::execute};
