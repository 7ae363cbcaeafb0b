// Collecting import statements, and the names that functions mention.
#include "frontend/sema/imports.h"

#include "frontend/ast/visitor.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace krait::frontend::sema {

namespace {

using namespace ast;

class Collector : public Visitor<Collector> {
public:
  explicit Collector(const base::SymbolTable& symbols) : symbols_(symbols) {}
  ImportGraph graph;

  void visitImport(const Import& n) {
    for (const Alias* alias : n.names) add(n.span, std::string(symbols_.text(alias->name)), 0, false).optional |= hasOther(n.names);
  }
  void visitImportFrom(const ImportFrom& n) {
    ImportEdge& edge = add(n.span, std::string(symbols_.text(n.module)), n.level, true);
    for (const Alias* alias : n.names) edge.names.emplace_back(symbols_.text(alias->name));
    edge.optional |= hasOther(n.names);
  }
  void visitTry(const Try& n) {
    const bool outer = guarded_, wasOptional = optional_;
    for (const ExceptHandler* h : n.handlers) {
      if (!catchesImportError(h->type)) continue;
      guarded_ = true;
      if (!h->body.back()->tryAs<Raise>()) optional_ = true;
    }
    for (const Stmt* s : n.body) visit(s);
    guarded_ = outer;
    optional_ = wasOptional;
    const std::string outerFallback = fallbackFor_;
    for (const ExceptHandler* h : n.handlers) {
      if (const Name* type = h->type ? h->type->tryAs<Name>() : nullptr; type && symbols_.text(type->id) == "ImportError") fallbackFor_ = onlyModule(n.body);
      visit(h);
      fallbackFor_ = outerFallback;
    }
    for (const Stmt* s : n.orelse) visit(s);
    for (const Stmt* s : n.finalbody) visit(s);
  }
  void visitClassDef(const ClassDef& n) {
    needTyping(n.span, !n.type_params.empty());
    visitChildren(n);
  }
  void visitTypeAlias(const TypeAlias& n) {
    needTyping(n.span, true);
    visitChildren(n);
  }
  void visitFunctionDef(const FunctionDef& n) { function(n); }
  void visitAsyncFunctionDef(const AsyncFunctionDef& n) { function(n); }
  void visitIf(const If& n) {
    if (const std::optional<bool> answer = answerHere(n.test)) {
      visit(n.test);
      for (const Stmt* s : *answer ? n.body : n.orelse) visit(s);
      return;
    }
    if (isMainTest(n.test))
      enter("", [&] {
        for (const Stmt* s : n.body) visit(s);
      });
    else if (!isTypeCheckingTest(n.test)) {
      visit(n.test);
      branch(n.body, n.orelse);
      return branch(n.orelse, n.body);
    }
    for (const Stmt* s : n.orelse) visit(s);
  }
  void visitName(const Name& n) {
    const std::string_view name = symbols_.text(n.id);
    mentions().emplace_back(name);
    if (name == "exec" || name == "eval" || name == "compile") mentions().push_back("builtins." + std::string(name));
  }
  void visitAttribute(const Attribute& n) {
    mentions().emplace_back(symbols_.text(n.attr));
    const Name* module = n.value->tryAs<Name>();
    if (module && symbols_.text(module->id) == "sys" && symbols_.text(n.attr) == "executable") mentions().push_back("sys.executable");
    if (symbols_.text(n.attr) == "__code__" && &n != asked_) mentions().push_back("code:");
    asked_ = n.value->tryAs<Attribute>();
    visitChildren(n);
  }
  void visitAssign(const Assign& n) {
    if (const Name* name = n.targets.size() == 1 ? n.targets[0]->tryAs<Name>() : nullptr; name && !n.value->is<Name>())
      bound_[name->id.id].push_back({current_, n.value});
    visitChildren(n);
  }
  void visitConstant(const Constant& n) {
    if (n.value.isStr()) mentionModule(n.value.text());
  }
  void visitCall(const Call& n) {
    const Name* name = n.func->tryAs<Name>();
    const Attribute* attribute = n.func->tryAs<Attribute>();
    if (name && (symbols_.text(name->id) == "help" || symbols_.text(name->id) == "breakpoint"))
      mentions().push_back("builtins." + std::string(symbols_.text(name->id)));
    if (name || attribute) {
      constexpr std::string_view kTakesCodec[] = {"encode", "decode", "str", "bytes", "bytearray", "open", "lookup", "TextIOWrapper"};
      const std::string_view callee = symbols_.text(name ? name->id : attribute->attr);
      if (!n.args.empty() && (callee == "import_module" || callee == "__import__" || callee == "find_spec")) followed_.clear(), mentionImported(n.args[0], isOfOwnName(n));
      if (callee != "extend_path" && std::ranges::any_of(n.args, [&](const Expr* a) { return isOwnPath(a); })) mentions().push_back("module:=.");
      if (attribute && callee == "replace" && n.args.size() == 2) mentionRenamed(n.args[0], n.args[1]);
      if (std::find(std::begin(kTakesCodec), std::end(kTakesCodec), callee) != std::end(kTakesCodec))
        for (const Expr* a : n.args) mentionCodec(a, saysCodec(a));
      if (attribute && !n.args.empty() && isConversion(callee) && mayBeText(n.args[0]) && !convertsOthers(attribute->value))
        mentions().push_back("codec:?" + std::string(callee));
    }
    mentionCodecObject(n, name, attribute);
    for (const Keyword* k : n.keywords)
      if (k->arg && symbols_.text(k->arg) == "encoding") mentionCodec(k->value, true);
    visitChildren(n);
  }

private:
  /// How long the dotted name is that a text begins with: "a.b" of "a.b.%s".
  static size_t dottedLength(std::string_view text) {
    size_t end = 0;
    for (size_t i = 0; i < text.size();) {
      size_t word = i;
      while (word < text.size() && (std::isalnum(static_cast<unsigned char>(text[word])) || text[word] == '_')) ++word;
      if (word == i || std::isdigit(static_cast<unsigned char>(text[i]))) break;
      end = word;
      if (word == text.size() || text[word] != '.') break;
      i = word + 1;
    }
    return end;
  }
  /// What a text says of a module's name: all of it, what names begin with ("a.b." of "a.b.%s", "a.b_*" of "a.b_%s"), or with '@' before it
  /// the module of an entry point ("@a.b" of "a.b:run"); nothing if it is other text.
  static std::optional<std::string> moduleName(std::string_view text, bool isRelative = false, bool isBeginning = false) {
    constexpr size_t kLongest = 120;
    if (text.size() > kLongest) return std::nullopt;
    std::string_view rest = text.substr(dottedLength(text));
    std::string name(text.substr(0, text.size() - rest.size()));
    const bool isComputed = rest.empty() ? isBeginning : rest[0] == '%' || rest[0] == '{';
    if (!name.empty() && rest.starts_with('.')) {
      rest.remove_prefix(1);
      return rest.empty() || rest[0] == '%' || rest[0] == '{' ? std::optional(name + '.') : std::nullopt;
    }
    if (!name.empty() && rest.size() > 1 && rest[0] == ':' && dottedLength(rest.substr(1)) == rest.size() - 1) return '@' + name;
    if (!name.empty() && isComputed) return isRelative || name.find('.') != std::string::npos ? std::optional(name + '*') : std::nullopt;
    return rest.empty() || isComputed ? std::optional(name) : std::nullopt;
  }
  void mentionModule(std::string_view text) {
    if (const size_t dots = text.find_first_not_of('.'); dots != 0 && dots != std::string_view::npos) { // ".part:run", ".part"
      if (const auto name = moduleName(text.substr(dots)); name && !name->empty() && !name->ends_with('.') && !name->ends_with('*'))
        mentions().push_back("module:=" + std::string(text.substr(0, dots)) + name->substr(name->starts_with('@')));
      return;
    }
    if (const auto name = moduleName(text); name && (name->find('.') != std::string::npos || name->starts_with('@'))) mentions().push_back("module:" + *name);
  }
  /// What import_module is given: one word can be a module too, and with dots before it one of this package; where `isOfName`, of what
  /// `__name__` is taken for. More follows where `isBeginning`.
  void mentionImported(const Expr* e, bool isOfName, bool isBeginning = false) {
    if (const BinOp* sum = e->tryAs<BinOp>()) return mentionImported(sum->left, isOfName, isBeginning || sum->op == Operator::Add);
    if (const JoinedStr* text = e->tryAs<JoinedStr>())
      return text->values.empty() ? void() : mentionImported(text->values[0], isOfName, isBeginning || text->values.size() > 1);
    if (const IfExp* choice = e->tryAs<IfExp>()) return mentionImported(choice->body, isOfName, isBeginning), mentionImported(choice->orelse, isOfName, isBeginning);
    if (const Name* name = e->tryAs<Name>()) {
      const auto bound = bound_.find(name->id.id);
      if (bound == bound_.end() || !followed_.insert(name->id.id).second) return;
      for (const auto& [function, value] : bound->second)
        if (function == current_) mentionImported(value, isOfName, isBeginning);
      return;
    }
    const Constant* c = e->tryAs<Constant>();
    if (!c || !c->value.isStr()) return;
    const std::string_view text = c->value.text();
    const size_t dots = std::min(text.find_first_not_of('.'), text.size());
    if (const auto name = moduleName(text.substr(dots), dots != 0, isBeginning); name && (dots || !name->empty()) && !name->starts_with('@'))
      mentions().push_back((dots && isOfName ? "module:=~" : "module:=") + std::string(text.substr(0, dots)) + *name);
  }
  /// Whether import_module is told that dots count from the module itself: `package=__name__`.
  bool isOfOwnName(const Call& n) const {
    const Expr* package = n.args.size() > 1 ? n.args[1] : nullptr;
    for (const Keyword* k : n.keywords)
      if (k->arg && symbols_.text(k->arg) == "package") package = k->value;
    const Name* name = package ? package->tryAs<Name>() : nullptr;
    return name && symbols_.text(name->id) == "__name__";
  }
  /// `__path__` or `__path__[0]`: a package looks for what it has.
  bool isOwnPath(const Expr* e) const {
    const Subscript* item = e->tryAs<Subscript>();
    const Name* name = (item ? item->value : e)->tryAs<Name>();
    return name && symbols_.text(name->id) == "__path__";
  }
  /// A name made of another, of the module's own perhaps.
  void mentionRenamed(const Expr* from, const Expr* to) {
    const Constant *was = from->tryAs<Constant>(), *is = to->tryAs<Constant>();
    if (!was || !is || !was->value.isStr() || !is->value.isStr()) return;
    const std::string_view old = was->value.text(), made = is->value.text();
    if (!old.empty() && !made.empty() && dottedLength(old) == old.size() && dottedLength(made) == made.size())
      mentions().push_back("renamed:" + std::string(old) + ":" + std::string(made));
  }
  /// What the functions of the module codecs are given. Most want the codec itself, which is a module's also where the runtime has its own.
  void mentionCodecObject(const Call& n, const Name* name, const Attribute* attribute) {
    struct Row { std::string_view function; size_t place; bool wantsModule; };
    constexpr Row kRows[] = {{"lookup", 0, true}, {"getreader", 0, true}, {"getwriter", 0, true}, {"getencoder", 0, true}, {"getdecoder", 0, true},
                             {"getincrementalencoder", 0, true}, {"getincrementaldecoder", 0, true}, {"iterencode", 1, true}, {"iterdecode", 1, true},
                             {"open", 2, true}, {"EncodedFile", 1, true}, {"EncodedFile", 2, true}, {"encode", 1, false}, {"decode", 1, false}};
    const Name* module = attribute ? attribute->value->tryAs<Name>() : nullptr;
    const bool isOfCodecs = module && symbols_.text(module->id) == "codecs";
    if (!isOfCodecs && !name) return;
    const std::string_view callee = symbols_.text(name ? name->id : attribute->attr);
    for (const Row& row : kRows) {
      if (row.function != callee || n.args.size() <= row.place || (!isOfCodecs && (!row.wantsModule || row.function == "open"))) continue;
      const Expr* codec = n.args[row.place];
      const Constant* c = codec->tryAs<Constant>();
      if (row.wantsModule && c && c->value.isStr() && isCodecName(c->value.text())) mentions().push_back("codec:@" + std::string(c->value.text()));
      if (!isOfCodecs) continue;
      mentionCodec(codec, true);
      if (row.wantsModule && mayBeText(codec)) mentions().push_back("codec:=");
    }
  }
  static bool isCodecName(std::string_view text) {
    return !text.empty() && text.size() < 24 && std::all_of(text.begin(), text.end(), [](unsigned char ch) { return std::isalnum(ch) || ch == '-' || ch == '_' || ch == '.'; });
  }
  // A constant that may name a codec: such modules are imported by name at run time. What else is surely one's name is computed.
  void mentionCodec(const Expr* e, bool isSurely) {
    if (const BoolOp* either = e->tryAs<BoolOp>()) {
      for (const Expr* v : either->values) mentionCodec(v, isSurely);
    } else if (const IfExp* choice = e->tryAs<IfExp>()) {
      mentionCodec(choice->body, isSurely);
      mentionCodec(choice->orelse, isSurely);
    } else if (const Constant* c = e->tryAs<Constant>()) {
      if (c->value.kind() != ConstantKind::Str) return;
      const std::string_view text = c->value.text();
      if (isCodecName(text)) mentions().push_back("codec:" + std::string(text));
    } else if (isSurely) {
      mentions().push_back("codec:*");
    }
  }
  /// A variable or attribute that is called as one that holds a codec's name.
  bool saysCodec(const Expr* e) const {
    const Name* name = e->tryAs<Name>();
    const Attribute* attribute = e->tryAs<Attribute>();
    if (!name && !attribute) return false;
    const std::string_view text = symbols_.text(name ? name->id : attribute->attr);
    for (std::string_view word : {"encoding", "charset", "codec"})
      if (text.find(word) != std::string_view::npos) return true;
    return false;
  }
  static bool isConversion(std::string_view name) { return name == "encode" || name == "decode"; }
  /// Computed, and perhaps text.
  static bool mayBeText(const Expr* e) {
    if (const IfExp* choice = e->tryAs<IfExp>()) return mayBeText(choice->body) || mayBeText(choice->orelse);
    return e->is<Name>() || e->is<Attribute>() || e->is<Subscript>() || e->is<Call>() || e->is<BinOp>() || e->is<JoinedStr>() || e->is<BoolOp>();
  }
  /// By its name no text or bytes, but what has encode() and decode() of its own.
  bool convertsOthers(const Expr* e) const {
    const Call* made = e->tryAs<Call>();
    const Expr* named = made ? made->func : e;
    const Name* name = named->tryAs<Name>();
    const Attribute* attribute = named->tryAs<Attribute>();
    if (!name && !attribute) return false;
    std::string text(symbols_.text(name ? name->id : attribute->attr));
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (std::string_view word : {"coder", "codec", "json", "jwt", "base64", "token", "self"})
      if (text.find(word) != std::string::npos) return true;
    return false;
  }
  /// What type parameters and aliases are made of.
  void needTyping(base::Span span, bool has) {
    if (has) add(span, "typing", 0, false);
  }
  template <class T> void function(const T& n) {
    needTyping(n.span, !n.type_params.empty());
    for (const Expr* d : n.decorator_list) visit(d);
    visit(n.args);
    if (n.returns) visit(n.returns);
    enter(symbols_.text(n.name), [&] {
      for (const Stmt* s : n.body) visit(s);
    });
  }
  template <class F> void enter(std::string_view name, F&& walk) {
    if (isConversion(name)) mentions().push_back("codec:own:" + std::string(name));
    const int outer = current_;
    graph.functions.push_back({std::string(name), outer, {}});
    current_ = static_cast<int>(graph.functions.size()) - 1;
    walk();
    current_ = outer;
  }
  std::vector<std::string>& mentions() {
    return current_ < 0 ? graph.mentions : graph.functions[static_cast<size_t>(current_)].mentions;
  }
  bool isMainTest(const Expr* test) const {
    const Compare* c = test->tryAs<Compare>();
    const Name* name = c ? c->left->tryAs<Name>() : nullptr;
    return name && c->ops.size() == 1 && c->ops[0] == CompareOperator::Eq && symbols_.text(name->id) == "__name__";
  }
  /// `typing`'s constant is False when the program runs: what stands under it is for type checkers.
  bool isTypeCheckingTest(const Expr* test) const {
    const Name* name = test->tryAs<Name>();
    const Attribute* attribute = test->tryAs<Attribute>();
    return (name && symbols_.text(name->id) == "TYPE_CHECKING") || (attribute && symbols_.text(attribute->attr) == "TYPE_CHECKING");
  }
  /// What a test of sys.platform or os.name says where programs run: on Linux.
  std::optional<bool> answerHere(const Expr* test) const {
    if (const UnaryOp* n = test->tryAs<UnaryOp>(); n && n->op == UnaryOperator::Not) {
      const std::optional<bool> answer = answerHere(n->operand);
      return answer ? std::optional(!*answer) : std::nullopt;
    }
    const Compare* compare = test->tryAs<Compare>();
    if (compare && compare->ops.size() == 1) {
      const std::string_view here = valueHere(compare->left);
      const Constant* there = compare->comparators[0]->tryAs<Constant>();
      if (here.empty() || !there || !there->value.isStr()) return std::nullopt;
      if (compare->ops[0] == CompareOperator::Eq) return there->value.text() == here;
      if (compare->ops[0] == CompareOperator::NotEq) return there->value.text() != here;
      return std::nullopt;
    }
    const Call* call = test->tryAs<Call>();
    const Attribute* method = call ? call->func->tryAs<Attribute>() : nullptr;
    if (!method || symbols_.text(method->attr) != "startswith" || call->args.size() != 1 || !call->keywords.empty()) return std::nullopt;
    const std::string_view here = valueHere(method->value);
    const Constant* there = call->args[0]->tryAs<Constant>();
    if (here.empty() || !there || !there->value.isStr()) return std::nullopt;
    return here.starts_with(there->value.text());
  }
  std::string_view valueHere(const Expr* e) const {
    const Attribute* attribute = e->tryAs<Attribute>();
    const Name* module = attribute ? attribute->value->tryAs<Name>() : nullptr;
    if (!module) return {};
    if (symbols_.text(module->id) == "sys" && symbols_.text(attribute->attr) == "platform") return "linux";
    if (symbols_.text(module->id) == "os" && symbols_.text(attribute->attr) == "name") return "posix";
    return {};
  }
  /// One branch of a condition: a name that it imports is not needed where the other branch makes it (`if HAS_C: from ._c import f`
  /// with `else: def f(): …`).
  void branch(ListOf<Stmt> body, ListOf<Stmt> other) {
    const size_t outer = made_.size();
    for (const Stmt* s : other) {
      if (const FunctionDef* f = s->tryAs<FunctionDef>()) made_.push_back(f->name.id);
      if (const ClassDef* c = s->tryAs<ClassDef>()) made_.push_back(c->name.id);
      if (const Assign* a = s->tryAs<Assign>())
        for (const Expr* target : a->targets)
          if (const Name* name = target->tryAs<Name>()) made_.push_back(name->id.id);
    }
    for (const Stmt* s : body) visit(s);
    made_.resize(outer);
  }
  /// Whether the other branch of a condition makes all that the statement binds; of `*` nobody knows what that is.
  bool hasOther(ListOf<Alias> names) const {
    return !made_.empty() && std::ranges::all_of(names, [&](const Alias* alias) {
      return symbols_.text(alias->name) == "*" || std::ranges::find(made_, (alias->asname ? alias->asname : alias->name).id) != made_.end();
    });
  }
  ImportEdge& add(base::Span span, std::string module, int level, bool isFrom) {
    ImportEdge edge;
    edge.module = std::move(module);
    edge.level = level;
    edge.span = span;
    edge.isFrom = isFrom;
    edge.guarded = guarded_;
    edge.optional = optional_;
    edge.function = current_;
    edge.fallbackFor = fallbackFor_;
    graph.edges.push_back(std::move(edge));
    return graph.edges.back();
  }
  /// The module from which these statements import, if they do nothing else.
  template <class Body> std::string onlyModule(const Body& body) const {
    std::string module;
    for (const Stmt* s : body) {
      const ImportFrom* from = s->tryAs<ImportFrom>();
      if (!from || from->level > 0 || (!module.empty() && symbols_.text(from->module) != module)) return {};
      module = symbols_.text(from->module);
    }
    return module;
  }
  bool catchesImportError(const Expr* type) const {
    if (!type) return true;
    if (const Tuple* tuple = type->tryAs<Tuple>()) {
      for (const Expr* e : tuple->elts)
        if (catchesImportError(e)) return true;
      return false;
    }
    const Name* name = type->tryAs<Name>();
    if (!name) return false;
    std::string_view text = symbols_.text(name->id);
    return text == "ImportError" || text == "ModuleNotFoundError" || text == "Exception" || text == "BaseException";
  }

  const base::SymbolTable& symbols_;
  bool guarded_ = false, optional_ = false;
  std::vector<uint32_t> made_; // names, by symbol, that the other branch of a condition around makes
  std::string fallbackFor_;
  int current_ = -1;
  struct Bound {
    int function;
    const Expr* value;
  };
  std::unordered_map<uint32_t, std::vector<Bound>> bound_; // what names were assigned so far, by symbol
  std::unordered_set<uint32_t> followed_; // names of one import, by symbol: `name = name + "x"` is looked at once
  const Attribute* asked_ = nullptr; // the attribute of which another is being visited
};

} // namespace

ImportGraph collectImports(const Mod* tree, const base::SymbolTable& symbols) {
  Collector collector(symbols);
  collector.visit(tree);
  auto tidy = [](std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  };
  tidy(collector.graph.mentions);
  for (FunctionMentions& f : collector.graph.functions) tidy(f.mentions);
  return std::move(collector.graph);
}

} // namespace krait::frontend::sema
