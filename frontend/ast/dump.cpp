// ast.dump(), derived from the node table.
#include "frontend/ast/dump.h"

#include "frontend/ast/repr.h"

namespace krait::frontend::ast {

namespace {

class Dumper {
public:
  // `lines`: as in dumpIndented; null: on one line, with positions.
  Dumper(const base::SourceBuffer& buffer, const base::SymbolTable& symbols, std::string& out, std::vector<uint32_t>* lines = nullptr)
      : symbols_(symbols), starts_(buffer), ends_(buffer), out_(out), lines_(lines) {}

  void node(const Node* node) {
    if (node == nullptr) {
      out_ += "None";
      return;
    }
    const uint32_t outer = line_;
    if (lines_) startLine(node);
    out_ += pythonName(node->kind);
    out_ += '(';
    size_t open = out_.size();
    ++depth_;
    fields(node);
    --depth_;
    line_ = outer;
    if (!lines_ && hasPosition(node->kind)) position(node->span, out_.size() > open);
    out_ += ')';
  }

private:
  void fields(const Node* node);

  void startLine(const Node* node) {
    if (hasPosition(node->kind)) line_ = starts_.at(node->span.start).line;
    if (depth_) out_ += '\n';
    out_.append(2 * depth_, ' ');
    lines_->push_back(line_);
  }

  void position(base::Span span, bool hasFields) {
    base::LineColumn start = starts_.at(span.start), end = ends_.at(span.end);
    out_ += hasFields ? ", lineno=" : "lineno=";
    out_ += std::to_string(start.line);
    out_ += ", col_offset=";
    out_ += std::to_string(start.column);
    out_ += ", end_lineno=";
    out_ += std::to_string(end.line);
    out_ += ", end_col_offset=";
    out_ += std::to_string(end.column);
  }

  void key(const char* name) {
    if (out_.back() != '(') out_ += ", ";
    out_ += name;
    out_ += '=';
  }
  void child(const char* name, const Node* value) {
    key(name);
    node(value);
  }
  void optional(const char* name, const Node* value) {
    if (value != nullptr) child(name, value);
  }
  template <class T> void list(const char* name, ListOf<T> values) {
    key(name);
    sequence(values, [this](const T* value) { node(value); });
  }
  template <class Run, class F> void sequence(const Run& values, F print) {
    out_ += '[';
    const char* separator = "";
    for (const auto& value : values) {
      out_ += separator;
      separator = ", ";
      print(value);
    }
    out_ += ']';
  }
  template <class E> void enumerator(E value) {
    out_ += nameOf(value);
    out_ += "()";
  }
  void identifier(base::Symbol name) { appendReprOfStr(out_, symbols_.text(name)); }
  void constant(const char* name, const ConstantValue& value) {
    key(name);
    appendRepr(out_, value);
    if (value.hasPrefixU()) out_ += ", kind='u'";
  }

  const base::SymbolTable& symbols_;
  base::PositionCursor starts_, ends_;
  std::string& out_;
  std::vector<uint32_t>* lines_;
  uint32_t line_ = 0; // where the node around begins
  size_t depth_ = 0;
};

void Dumper::fields(const Node* node) {
  switch (node->kind) {
#define F_NODE(T, name) child(#name, n.name);
#define F_OPT(T, name) optional(#name, n.name);
#define F_LIST(T, name) list<T>(#name, n.name);
#define F_LIST0(T, name) list<T>(#name, n.name);
#define F_PARAMS(T, name)                                                                                      \
  if (!n.name.empty()) list<T>(#name, n.name);
#define F_ENUM(T, name) key(#name), enumerator(n.name);
#define F_ENUMS(T, name) key(#name), sequence(n.name, [this](T value) { enumerator(value); });
#define F_IDENT(name) key(#name), identifier(n.name);
#define F_OPTIDENT(name)                                                                                       \
  if (n.name) key(#name), identifier(n.name);
#define F_IDENTS(name) key(#name), sequence(n.name, [this](base::Symbol value) { identifier(value); });
#define F_INT(name) key(#name), out_ += std::to_string(n.name);
#define F_CONST(name) constant(#name, n.name);
#define F_NOTHING(name) key(#name), out_ += "[]";
#define KRAIT_NODE(Name, python, Group, fields)                                                                \
  case NodeKind::Name: {                                                                                       \
    [[maybe_unused]] const auto& n = *node->as<Name>();                                                        \
    fields break;                                                                                              \
  }
#include "frontend/ast/nodes.def"
  }
}

} // namespace

std::string dump(const Node* node, const base::SourceBuffer& buffer, const base::SymbolTable& symbols) {
  std::string out;
  Dumper(buffer, symbols, out).node(node);
  return out;
}

std::string dumpIndented(const Node* node, const base::SourceBuffer& buffer, const base::SymbolTable& symbols, std::vector<uint32_t>& lines) {
  std::string out;
  Dumper(buffer, symbols, out, &lines).node(node);
  return out;
}

} // namespace krait::frontend::ast
