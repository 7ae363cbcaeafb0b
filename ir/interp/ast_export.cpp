// The front end's tree as objects of the ast module.
#include "ir/interp/ast_classes.h"

#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <string>
#include <unordered_map>

namespace krait::ir::interp {

namespace {

namespace ast = frontend::ast;
using frontend::base::Symbol;

class Exporter {
public:
  Exporter(const frontend::base::SourceBuffer& buffer, const frontend::base::SymbolTable& symbols,
           const frontend::parse::TypeComments& comments)
      : buffer_(buffer), symbols_(symbols), comments_(comments) {
    for (const auto& entry : comments.ofNodes) commentOf_[entry.node] = entry.text;
  }

  // Owned; null for an absent node is None.
  Value node(const ast::Node* n) {
    if (!n) return none();
    Ref made(newAstNode(astClass(ast::pythonName(n->kind))));
    if (!made) return Value();
    switch (n->kind) {
#define KRAIT_NODE(Name, python, Group, ...)                                                                   \
  case ast::NodeKind::Name:                                                                                    \
    if (!fill##Name(made, *n->as<ast::Name>())) return Value();                                                \
    break;
#include "frontend/ast/nodes.def"
    }
    if (auto at = commentOf_.find(n->index); at != commentOf_.end() && !put(made, "type_comment", text(at->second))) return Value();
    if (ast::hasPosition(n->kind) && !position(made, n->span)) return Value();
    return made.release();
  }

private:
#define F_NODE(T, name) && put(made, #name, node(n.name))
#define F_OPT(T, name) && put(made, #name, node(n.name))
#define F_LIST(T, name) && put(made, #name, nodes<ast::T>(n.name))
#define F_LIST0(T, name) && put(made, #name, nodes<ast::T>(n.name))
#define F_PARAMS(T, name) && (n.name.empty() || put(made, #name, nodes<ast::T>(n.name)))
#define F_ENUM(T, name) && put(made, #name, xnewRef(astSingleton(nameOf(n.name))))
#define F_ENUMS(T, name) && put(made, #name, operators<ast::T>(n.name))
#define F_IDENT(name) && put(made, #name, text(n.name))
#define F_OPTIDENT(name) && put(made, #name, n.name ? text(n.name) : none())
#define F_IDENTS(name) && put(made, #name, texts(n.name))
#define F_INT(name) && put(made, #name, newInt(n.name))
#define F_CONST(name) && put(made, #name, constant(n.name)) && putKind(made, n.name)
#define F_NOTHING(name) && put(made, #name, typeIgnores())
#define KRAIT_NODE(Name, python, Group, fields)                                                                \
  bool fill##Name([[maybe_unused]] Value made, [[maybe_unused]] const ast::Name& n) { return true fields; }
#include "frontend/ast/nodes.def"

  bool put(Value made, const char* name, Value owned) {
    Ref v(owned);
    Value key = astName(name);
    return v && key && setAttr(made, key, v) == 0;
  }
  // Only u'…' has one; of MatchSingleton the class has no such field.
  bool putKind(Value made, const ast::ConstantValue& v) {
    return !v.isStr() || !v.hasPrefixU() || put(made, "kind", newStr("u"));
  }
  bool position(Value made, frontend::base::Span span) {
    frontend::base::LineColumn from = buffer_.position(span.start), to = buffer_.position(span.end);
    return put(made, "lineno", newInt(from.line)) && put(made, "col_offset", newInt(from.column)) &&
           put(made, "end_lineno", newInt(to.line)) && put(made, "end_col_offset", newInt(to.column));
  }
  template <class T> Value nodes(ast::ListOf<T> list) {
    Ref made(newList(0));
    for (const T* child : list) {
      Ref one(node(child));
      if (!one || !made || listAppend(made, one) < 0) return Value();
    }
    return made.release();
  }
  template <class T> Value operators(frontend::base::ArrayRef<T> list) {
    Ref made(newList(0));
    for (T value : list) {
      Value one = astSingleton(nameOf(value));
      if (!one || !made || listAppend(made, one) < 0) return Value();
    }
    return made.release();
  }
  Value text(Symbol symbol) { return internStr(symbols_.text(symbol)); }
  Value text(frontend::base::Span span) { return newStr(buffer_.text().substr(span.start, span.end - span.start)); }
  Value typeIgnores() {
    Ref list(newList(0));
    for (frontend::base::Span tag : comments_.ignores) {
      Ref one(newAstNode(astClass("TypeIgnore")));
      if (!one || !list || !put(one, "lineno", newInt(buffer_.position(tag.start).line)) || !put(one, "tag", text(tag)) ||
          listAppend(list, one) < 0)
        return Value();
    }
    return list.release();
  }
  Value texts(frontend::base::ArrayRef<Symbol> list) {
    Ref made(newList(0));
    for (Symbol symbol : list) {
      Ref one(text(symbol));
      if (!one || !made || listAppend(made, one) < 0) return Value();
    }
    return made.release();
  }
  Value constant(const ast::ConstantValue& v) {
    using enum ast::ConstantKind;
    switch (v.kind()) {
    case None: return none();
    case True: return boolean(true);
    case False: return boolean(false);
    case Ellipsis: return ellipsis();
    case Int: return newInt(v.integer());
    case BigInt: return intFromText(v.digits().data(), v.digits().size(), v.base(), none());
    case Float: return newFloat(v.real());
    case Complex: return newComplex(0, v.real());
    case Str: return newStr(v.text());
    case Bytes: return newBytes(v.text());
    }
    return Value();
  }

  const frontend::base::SourceBuffer& buffer_;
  const frontend::base::SymbolTable& symbols_;
  const frontend::parse::TypeComments& comments_;
  std::unordered_map<uint32_t, frontend::base::Span> commentOf_;
};

} // namespace

Value exportTree(const ast::Mod* tree, const frontend::base::SourceBuffer& buffer, const frontend::base::SymbolTable& symbols,
                 const frontend::parse::TypeComments& comments) {
  return Exporter(buffer, symbols, comments).node(tree);
}

} // namespace krait::ir::interp
