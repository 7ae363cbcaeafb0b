// Positions are lines and columns there and offsets into a text here: nodes are
// read first, then a blank text is made that has room for all positions, then
// the spans are filled in.
#include "ir/interp/ast_import.h"

#include "ir/interp/ast_classes.h"
#include "ir/interp/ast_validation.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

namespace krait::ir::interp {

namespace {

namespace ast = frontend::ast;
using frontend::base::ArrayRef;
using frontend::base::Symbol;

constexpr int kMaxDepth = 3000; // as the parser's limit of nested nodes
constexpr int64_t kMaxLine = 1 << 20, kMaxColumn = 1 << 16;

// Enumerators by class: `enumerator(v, out)` for each group of operators.
template <class T> struct Enumerators;
template <> struct Enumerators<ast::ExprContext> {
  static constexpr const char* kGroup = "expr_context";
  static constexpr std::pair<const char*, ast::ExprContext> kAll[] = {
#define KRAIT_EXPR_CONTEXT(name) {#name, ast::ExprContext::name},
#include "frontend/ast/operators.def"
  };
};
template <> struct Enumerators<ast::BoolOperator> {
  static constexpr const char* kGroup = "boolop";
  static constexpr std::pair<const char*, ast::BoolOperator> kAll[] = {
#define KRAIT_BOOL_OPERATOR(name, text) {#name, ast::BoolOperator::name},
#include "frontend/ast/operators.def"
  };
};
template <> struct Enumerators<ast::Operator> {
  static constexpr const char* kGroup = "operator";
  static constexpr std::pair<const char*, ast::Operator> kAll[] = {
#define KRAIT_OPERATOR(name, text) {#name, ast::Operator::name},
#include "frontend/ast/operators.def"
  };
};
template <> struct Enumerators<ast::UnaryOperator> {
  static constexpr const char* kGroup = "unaryop";
  static constexpr std::pair<const char*, ast::UnaryOperator> kAll[] = {
#define KRAIT_UNARY_OPERATOR(name, text) {#name, ast::UnaryOperator::name},
#include "frontend/ast/operators.def"
  };
};
template <> struct Enumerators<ast::CompareOperator> {
  static constexpr const char* kGroup = "cmpop";
  static constexpr std::pair<const char*, ast::CompareOperator> kAll[] = {
#define KRAIT_COMPARE_OPERATOR(name, text) {#name, ast::CompareOperator::name},
#include "frontend/ast/operators.def"
  };
};

// What CPython calls the nodes that a field takes, and the attribute that it misses first in something else.
struct Group {
  std::string_view name;
  const char *shown, *first;
  bool isPlaced = false; // the first ones are those of the position
};
constexpr Group kGroups[] = {
    {"Expr", "expr", "lineno", true},        {"Stmt", "stmt", "lineno", true},
    {"Pattern", "pattern", "lineno", true},  {"ExceptHandler", "excepthandler", "lineno", true},
    {"Arguments", "arguments", "posonlyargs"}, {"Arg", "arg", "arg"},
    {"Keyword", "keyword", "value"},         {"Alias", "alias", "name"},
    {"WithItem", "withitem", "context_expr"}, {"MatchCase", "match_case", "pattern"},
    {"Comprehension", "comprehension", "target"}};

class Importer {
public:
  Importer(frontend::base::Arena& arena, frontend::base::SymbolTable& symbols) : arena_(arena), symbols_(symbols) {}

  const ast::Mod* root(Value v) {
    const ast::Node* n = node(v, "mod");
    if (!n) return nullptr;
    if (!n->is<ast::Mod>()) {
      raise(TypeErrorType, "expected some sort of mod, but got %R", v);
      return nullptr;
    }
    auto* mod = const_cast<ast::Mod*>(n->as<ast::Mod>());
    mod->nodeCount = count_;
    return mod;
  }

  std::unique_ptr<frontend::base::SourceBuffer> placeAll(const std::string& filename) {
    std::map<uint32_t, uint32_t> widths;
    auto need = [&](int64_t line, int64_t column) {
      uint32_t& width = widths[static_cast<uint32_t>(line)];
      width = std::max(width, static_cast<uint32_t>(column));
    };
    for (Place& p : places_) {
      p.line = std::clamp<int64_t>(p.line, 1, kMaxLine);
      p.endLine = std::clamp<int64_t>(p.endLine, p.line, kMaxLine);
      p.column = std::clamp<int64_t>(p.column, 0, kMaxColumn);
      p.endColumn = std::clamp<int64_t>(p.endColumn, 0, kMaxColumn);
      need(p.line, p.column);
      need(p.endLine, p.endColumn);
    }
    auto buffer = frontend::base::SourceBuffer::blank(filename, widths);
    if (!buffer) return nullptr;
    for (const Place& p : places_) {
      auto offset = [&](int64_t line, int64_t column) {
        return buffer->lineStart(static_cast<uint32_t>(line)) + static_cast<uint32_t>(column);
      };
      uint32_t start = offset(p.line, p.column);
      p.node->span = {start, std::max(start, offset(p.endLine, p.endColumn))};
    }
    return buffer;
  }

private:
  struct Place {
    ast::Node* node;
    int64_t line, column, endLine, endColumn;
  };

  // `v` is none of the nodes that `what` names.
  bool fail(const char* what, Value v) {
    for (const Group& g : kGroups) {
      if (g.name != what) continue;
      what = g.shown;
      int64_t ignored;
      auto lacks = [&](const char* name) { return !number(v, name, &ignored, what); };
      if (g.isPlaced ? lacks("lineno") || lacks("col_offset") : !Ref(field(v, g.first, what))) return false;
      if (g.name == "Pattern" && (lacks("end_lineno") || lacks("end_col_offset"))) return false;
    }
    raise(TypeErrorType, "expected some sort of %s, but got %R", what, v);
    return false;
  }

  static const char* shownGroup(std::string_view group) {
    return group == "Expr" ? "expression" : group == "Stmt" ? "statement" : group.data();
  }

  // The attribute (owned); null with the error of a missing field.
  Value field(Value owner, const char* name, const char* group = nullptr) {
    Value key = astName(name);
    Value v = key ? getAttrOptional(owner, key) : Value();
    if (!v && !errorSet())
      raise(TypeErrorType, "required field \"%s\" missing from %s", name, group ? group : typeOf(owner)->name);
    return v;
  }

  const ast::Node* node(Value v, const char* group) {
    if (++depth_ > kMaxDepth) {
      raise(RecursionErrorType, "maximum recursion depth exceeded during compilation");
      return nullptr;
    }
    const ast::Node* made = nodeAs(v, group);
    --depth_;
    return made;
  }
  // Texts have no constants but imaginary numbers: of others, and of tuples, expressions that are folded.
  static bool isComposed(Value v) {
    if (!isExact(v, complexType)) return isExactTuple(v);
    const double real = v.as<ComplexObject>()->real;
    return real != 0 || std::signbit(real);
  }
  const ast::Node* composed(Value v, const Place& p) {
    if (isExactTuple(v)) return tupleOfConstants(v, p);
    if (isComposed(v)) return complexNumber(v.as<ComplexObject>()->real, v.as<ComplexObject>()->imag, p);
    auto* made = make<ast::Constant>();
    return constantValue(v, &made->value) ? placed(made, ast::NodeKind::Constant, p) : nullptr;
  }
  const ast::Node* tupleOfConstants(Value v, const Place& p) {
    std::vector<const ast::Expr*> items;
    for (int64_t i = 0; i < asTuple(v)->size; ++i) {
      const ast::Node* one = composed(asTuple(v)->items[i], p);
      if (!one) return nullptr;
      items.push_back(one->as<ast::Expr>());
    }
    auto* made = make<ast::Tuple>();
    made->elts = arena_.copy(items.data(), items.size());
    made->ctx = ast::ExprContext::Load;
    return placed(made, ast::NodeKind::Tuple, p);
  }
  // real + imagj. A zero with a sign would lose that by the sum: then it is the sum of the opposite numbers with a sign before it.
  const ast::Node* complexNumber(double real, double imag, const Place& p) {
    if ((real == 0 && std::signbit(real)) || (real != 0 && imag == 0 && std::signbit(imag))) {
      auto* made = make<ast::UnaryOp>();
      made->op = ast::UnaryOperator::USub;
      made->operand = complexNumber(-real, -imag, p)->as<ast::Expr>();
      return placed(made, ast::NodeKind::UnaryOp, p);
    }
    auto* imaginary = make<ast::Constant>();
    imaginary->value = ast::ConstantValue::imaginary(imag);
    placed(imaginary, ast::NodeKind::Constant, p);
    if (real == 0) return imaginary;
    auto* first = make<ast::Constant>();
    first->value = ast::ConstantValue::real(real);
    placed(first, ast::NodeKind::Constant, p);
    auto* made = make<ast::BinOp>();
    made->left = first;
    made->op = ast::Operator::Add;
    made->right = imaginary;
    return placed(made, ast::NodeKind::BinOp, p);
  }
  template <class T> T* make() { return new (arena_.allocate(sizeof(T), alignof(T))) T(); }
  const ast::Node* placed(ast::Node* n, ast::NodeKind kind, Place p) {
    n->kind = kind;
    n->index = count_++;
    p.node = n;
    places_.push_back(p);
    return n;
  }

  const ast::Node* nodeAs(Value v, const char* group) {
    if (isOf(v, "Constant")) {
      Ref value(field(v, "value"));
      if (value && isComposed(value)) {
        ast::Constant whole;
        whole.kind = ast::NodeKind::Constant;
        if (!place(v, &whole, "Constant")) return nullptr;
        Place p = places_.back();
        places_.pop_back();
        return composed(value, p);
      }
      errorClear();
    }
    if (auto kind = kindOf(v)) {
      switch (*kind) {
#define KRAIT_NODE(Name, python, Group, ...)                                                                   \
  case ast::NodeKind::Name: {                                                                                  \
    auto* made = make<ast::Name>();                                                                            \
    made->kind = ast::NodeKind::Name;                                                                          \
    if (!place(v, made, python) || !fill##Name(v, *made) || !textGiven(v, python)) return nullptr;                                      \
    made->index = count_++;                                                                                    \
    return made;                                                                                               \
  }
#include "frontend/ast/nodes.def"
      }
    }
    if (!errorSet()) fail(group, v);
    return nullptr;
  }
  // The row of nodes.def whose class `v` is an instance of: nearly always it is of the class itself.
  static std::optional<ast::NodeKind> kindOf(Value v) {
    static constexpr std::pair<const char*, ast::NodeKind> kRows[] = {
#define KRAIT_NODE(Name, python, ...) {python, ast::NodeKind::Name},
#include "frontend/ast/nodes.def"
    };
    static const Type* classes[std::size(kRows)]; // null where CPython 3.11 has none
    static bool known = false;
    for (size_t i = 0; !known && i < std::size(kRows); ++i) {
      Value cls = astClass(kRows[i].first);
      if (!cls && errorSet()) return {};
      classes[i] = cls ? cls.as<Type>() : nullptr;
    }
    known = true;
    const Type* own = typeOf(v);
    for (size_t i = 0; i < std::size(kRows); ++i)
      if (classes[i] == own) return kRows[i].second;
    for (size_t i = 0; i < std::size(kRows); ++i)
      if (classes[i] && isInstanceOf(v, *classes[i])) return kRows[i].second;
    return {};
  }
  static bool isOf(Value v, const char* name) {
    Value cls = astClass(name);
    return cls && isInstanceOf(v, *cls.as<Type>());
  }

  bool place(Value v, ast::Node* n, const char* cls) {
    if (!ast::hasPosition(n->kind)) return true;
    const char* group = n->is<ast::Stmt>() ? "stmt" : n->is<ast::Expr>() ? "expr" : n->is<ast::Pattern>() ? "pattern"
                        : n->is<ast::ExceptHandler>() ? "excepthandler" : cls;
    Place p{n, 0, 0, 0, 0};
    if (!number(v, "lineno", &p.line, group) || !number(v, "col_offset", &p.column, group)) return false;
    const bool mustEnd = n->is<ast::Pattern>();
    auto end = [&](const char* name, int64_t start, int64_t* out) {
      return mustEnd ? number(v, name, out, group) : optionalNumber(v, name, start, out);
    };
    if (!end("end_lineno", p.line, &p.endLine) || !end("end_col_offset", p.column, &p.endColumn)) return false;
    places_.push_back(p);
    return isPlace(p);
  }
  static bool isPlace(const Place& p) {
    auto refuse = [](auto... arguments) { return raise(ValueErrorType, arguments...), false; };
    auto shown = [](int64_t n) { return static_cast<int>(n); };
    if (p.line > p.endLine) return refuse("AST node line range (%d, %d) is not valid", shown(p.line), shown(p.endLine));
    if ((p.line < 0 && p.endLine != p.line) || (p.column < 0 && p.column != p.endColumn))
      return refuse("AST node column range (%d, %d) for line range (%d, %d) is not valid", shown(p.column), shown(p.endColumn),
                    shown(p.line), shown(p.endLine));
    if (p.line == p.endLine && p.column > p.endColumn)
      return refuse("line %d, column %d-%d is not a valid range", shown(p.line), shown(p.column), shown(p.endColumn));
    return true;
  }
  bool number(Value owner, const char* name, int64_t* out, const char* group = nullptr) {
    Ref v(field(owner, name, group));
    if (!v) return false;
    if (!isInt(v)) {
      raise(ValueErrorType, "invalid integer value: %R", v.get());
      return false;
    }
    *out = toInt64(v);
    return !(*out == -1 && errorSet());
  }
  bool optionalNumber(Value owner, const char* name, int64_t fallback, int64_t* out) {
    Value key = astName(name);
    Ref v(key ? getAttrOptional(owner, key) : Value());
    *out = fallback;
    if (!v) return !errorSet();
    return isNone(v) || number(owner, name, out);
  }

  template <class T> bool child(Value owner, const char* name, const char* group, const T** out, bool optional) {
    Value key = astName(name);
    Ref v(optional ? getAttrOptional(owner, key) : field(owner, name));
    if (!v) return optional && !errorSet();
    if (isNone(v)) {
      if (optional) return true;
      raise(ValueErrorType, "field '%s' is required for %N", name, typeOf(owner));
      return false;
    }
    return one<T>(v, group, out);
  }
  template <class T> bool one(Value v, const char* group, const T** out) {
    const ast::Node* n = node(v, group);
    if (!n) return false;
    if (!n->is<T>()) return fail(group, v);
    *out = n->as<T>();
    return true;
  }
  // A list attribute; `each` takes one item.
  template <class F> bool list(Value owner, const char* name, bool optional, F&& each) {
    Value key = astName(name);
    Ref v(optional ? getAttrOptional(owner, key) : field(owner, name));
    if (!v) return optional && !errorSet();
    if (!isList(v)) {
      raise(TypeErrorType, "%N field \"%s\" must be a list, not a %T", typeOf(owner), name, v.get());
      return false;
    }
    for (int64_t i = 0; i < asList(v)->size; ++i) {
      Ref item = Ref::share(asList(v)->items[i]);
      if (!each(item.get())) return false;
    }
    return true;
  }
  template <class T> bool children(Value owner, const char* name, const char* group, ast::ListOf<T>* out, bool noneAllowed, bool optional) {
    std::vector<const T*> all;
    bool good = list(owner, name, optional, [&](Value item) {
      const T* n = nullptr;
      if (isNone(item) && noneAllowed) return all.push_back(nullptr), true;
      if (isNone(item)) return raise(ValueErrorType, "None disallowed in %s list", shownGroup(group)), false;
      if (!one<T>(item, group, &n)) return false;
      all.push_back(n);
      return true;
    });
    *out = arena_.copy(all.data(), all.size());
    return good;
  }
  template <class T> bool enumerator(Value v, T* out) {
    for (auto& [name, value] : Enumerators<T>::kAll)
      if (isOf(v, name)) return *out = value, true;
    return fail(Enumerators<T>::kGroup, v);
  }
  template <class T> bool operation(Value owner, const char* name, T* out) {
    Ref v(field(owner, name));
    return v && enumerator(v.get(), out);
  }
  template <class T> bool operations(Value owner, const char* name, ArrayRef<T>* out) {
    std::vector<T> all;
    bool good = list(owner, name, false, [&](Value item) {
      T one;
      if (!enumerator(item, &one)) return false;
      all.push_back(one);
      return true;
    });
    *out = arena_.copy(all.data(), all.size());
    return good;
  }
  /// Comments that tell a checker to look away: they say nothing here, but must be such.
  bool ignoredLines(Value owner, const char* name) {
    return list(owner, name, false, [&](Value item) {
      int64_t line;
      if (isOf(item, "TypeIgnore")) {
        Ref tag;
        return number(item, "lineno", &line) && (tag = Ref(field(item, "tag"))) && isText(tag);
      }
      if (!errorSet()) fail("type_ignore", item);
      return false;
    });
  }
  bool identifier(Value v, Symbol* out) {
    if (!isExactStr(v)) {
      raise(TypeErrorType, "AST identifier must be of type str");
      return false;
    }
    Ref bytes(encodeStr(v, "utf-8", "surrogatepass"));
    if (!bytes) return false;
    *out = symbols_.intern(bytesView(bytes));
    return true;
  }
  bool name(Value owner, const char* field_, Symbol* out, bool optional) {
    Value key = astName(field_);
    Ref v(optional ? getAttrOptional(owner, key) : field(owner, field_));
    if (!v) return optional && !errorSet();
    if (!isNone(v)) return identifier(v, out);
    if (!optional) raise(ValueErrorType, "field '%s' is required for %N", field_, typeOf(owner));
    return optional;
  }
  bool names(Value owner, const char* field_, ArrayRef<Symbol>* out) {
    std::vector<Symbol> all;
    bool good = list(owner, field_, false, [&](Value item) {
      Symbol one;
      if (!identifier(item, &one)) return false;
      all.push_back(one);
      return true;
    });
    *out = arena_.copy(all.data(), all.size());
    return good;
  }
  bool integer(Value owner, const char* name, int32_t* out) {
    int64_t v = 0;
    if (!optionalNumber(owner, name, 0, &v)) return false;
    *out = static_cast<int32_t>(v);
    return true;
  }
  /// The fields that are texts say nothing here, but must be such.
  bool textGiven(Value v, std::string_view className) {
    constexpr std::string_view kCommented[] = {"FunctionDef", "AsyncFunctionDef", "Assign", "For", "AsyncFor", "With", "AsyncWith", "arg"};
    const bool isCommented = std::ranges::find(kCommented, className) != std::end(kCommented);
    if (!isCommented && className != "Constant") return true;
    Ref text(getAttrOptional(v, astName(isCommented ? "type_comment" : "kind")));
    if (!text) return !errorSet();
    return isNone(text) || isText(text);
  }
  bool isText(Value v) { return isExactStr(v) || isExactBytes(v) || (raise(TypeErrorType, "AST string must be of type str"), false); }
  bool constant(Value owner, const char* name, ast::ConstantValue* out) {
    Ref v(field(owner, name));
    return v && constantValue(v, out);
  }
  bool constantValue(Value v, ast::ConstantValue* out) {
    using ast::ConstantValue;
    using ast::ConstantKind;
    if (isNone(v)) *out = ConstantValue::singleton(ConstantKind::None);
    else if (v == boolean(true)) *out = ConstantValue::singleton(ConstantKind::True);
    else if (v == boolean(false)) *out = ConstantValue::singleton(ConstantKind::False);
    else if (v == ellipsis()) *out = ConstantValue::singleton(ConstantKind::Ellipsis);
    else if (isExactFloat(v)) *out = ConstantValue::real(floatValue(v));
    else if (isExact(v, complexType) && !isComposed(v)) *out = ConstantValue::imaginary(v.as<ComplexObject>()->imag);
    else if (isExactBytes(v)) *out = ConstantValue::bytes(arena_.copy(bytesView(v)));
    else if (isExactInt(v)) return integerConstant(v, out);
    else if (isExactStr(v)) {
      Ref bytes(encodeStr(v, "utf-8", "surrogatepass"));
      if (!bytes) return false;
      *out = ConstantValue::str(arena_.copy(bytesView(bytes)));
    } else {
      return raise(TypeErrorType, "got an invalid type in Constant: %T", v), false;
    }
    return true;
  }
  bool integerConstant(Value v, ast::ConstantValue* out) {
    int overflow;
    int64_t i = intToInt64(v, &overflow);
    if (!overflow) return *out = ast::ConstantValue::integer(i), true;
    Ref digits(intToText(v, 16, false));
    if (!digits) return false;
    Utf8 text(digits);
    *out = ast::ConstantValue::bigInteger(arena_.copy(text.view()), 16);
    return true;
  }

#define F_NODE(T, name) && child<ast::T>(v, #name, #T, &n.name, false)
#define F_OPT(T, name) && child<ast::T>(v, #name, #T, &n.name, true)
#define F_LIST(T, name) && children<ast::T>(v, #name, #T, &n.name, false, false)
#define F_LIST0(T, name) && children<ast::T>(v, #name, #T, &n.name, true, false)
#define F_PARAMS(T, name) && children<ast::T>(v, #name, #T, &n.name, false, true)
#define F_ENUM(T, name) && operation<ast::T>(v, #name, &n.name)
#define F_ENUMS(T, name) && operations<ast::T>(v, #name, &n.name)
#define F_IDENT(name_) && name(v, #name_, &n.name_, false)
#define F_OPTIDENT(name_) && name(v, #name_, &n.name_, true)
#define F_IDENTS(name_) && names(v, #name_, &n.name_)
#define F_INT(name) && integer(v, #name, &n.name)
#define F_CONST(name) && constant(v, #name, &n.name)
#define F_NOTHING(name) && ignoredLines(v, #name)
#define KRAIT_NODE(Name, python, Group, fields)                                                                \
  bool fill##Name([[maybe_unused]] Value v, [[maybe_unused]] ast::Name& n) { return true fields; }
#include "frontend/ast/nodes.def"

  frontend::base::Arena& arena_;
  frontend::base::SymbolTable& symbols_;
  std::vector<Place> places_;
  uint32_t count_ = 0;
  int depth_ = 0;
};

} // namespace

const ast::Mod* importTree(Value root, const std::string& filename, frontend::base::Arena& arena,
                           frontend::base::SymbolTable& symbols, std::unique_ptr<frontend::base::SourceBuffer>& buffer) {
  Importer importer(arena, symbols);
  const ast::Mod* tree = importer.root(root);
  if (!tree) return nullptr;
  if (!validateTree(*tree, symbols)) return nullptr;
  buffer = importer.placeAll(filename);
  return buffer ? tree : nullptr;
}

} // namespace krait::ir::interp
