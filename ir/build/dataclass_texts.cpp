// The texts are those of CPython 3.11's Lib/dataclasses.py (_create_fn and its callers), which the test asks for them.
#include "ir/build/dataclass_texts.h"

#include "frontend/ast/visitor.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace krait::ir::build {

namespace ast = frontend::ast;

namespace {

struct Field {
  std::string name;
  enum class Default : uint8_t { None, Value, Factory } otherwise = Default::None;
  bool isParameter = true, isCompared = true, isKeyword = false;
  bool isInitVar = false; // a parameter for __post_init__ alone
  std::optional<bool> isHashed{}; // unless said, as compared
};

struct Dataclass {
  std::vector<Field> fields; // the inherited ones, too
  bool hasPostInit = false;
};

struct Parameters { // of the decorator
  bool init = true, eq = true, order = false, unsafeHash = false, frozen = false, keywordsOnly = false, slots = false;
};

std::optional<bool> truthOf(const ast::Expr* e) {
  auto* constant = e->tryAs<ast::Constant>();
  if (constant && constant->value.kind() == ast::ConstantKind::True) return true;
  if (constant && constant->value.kind() == ast::ConstantKind::False) return false;
  return std::nullopt;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) all += between;
    all += part;
  }
  return all;
}

std::string functionText(const std::string& name, const std::vector<std::string>& arguments, const std::vector<std::string>& body,
                         const std::vector<std::string>& locals, std::string_view result) {
  std::string text = "def __create_fn__(" + joined(locals, ", ") + "):\n def " + name + "(" + joined(arguments, ",") + ")" + std::string(result) + ":\n";
  for (const std::string& line : body) text += "  " + line + "\n";
  return text + " return " + name;
}

std::string fieldsOf(std::string_view object, const std::vector<Field>& fields, bool (*isIn)(const Field&)) {
  std::string items;
  for (const Field& f : fields)
    if (!f.isInitVar && isIn(f)) items += std::string(items.empty() ? "" : ",") + std::string(object) + "." + f.name;
  return items.empty() ? "()" : "(" + items + ",)";
}
bool isCompared(const Field& f) { return f.isCompared; }
bool isHashed(const Field& f) { return f.isHashed.value_or(f.isCompared); }

std::string initText(const Dataclass& cls, const Parameters& how) {
  const bool hasSelf = std::any_of(cls.fields.begin(), cls.fields.end(), [](const Field& f) { return f.name == "self"; });
  const std::string self = hasSelf ? "__dataclass_self__" : "self";
  std::vector<std::string> locals, body, arguments{self}, keywords, forPostInit;
  for (const Field& f : cls.fields) locals.push_back("_type_" + f.name);
  for (const char* name : {"MISSING", "_HAS_DEFAULT_FACTORY", "__dataclass_builtins_object__"}) locals.push_back(name);
  for (const Field& f : cls.fields) {
    const std::string otherwise = "_dflt_" + f.name;
    std::string value = f.name;
    if (f.otherwise == Field::Default::Factory)
      value = f.isParameter ? otherwise + "() if " + f.name + " is _HAS_DEFAULT_FACTORY else " + f.name : otherwise + "()";
    else if (!f.isParameter && !(how.slots && f.otherwise == Field::Default::Value)) continue; // the class has it, or nobody
    else if (!f.isParameter) value = otherwise;
    if (f.otherwise != Field::Default::None) locals.push_back(otherwise);
    if (f.isInitVar) continue;
    body.push_back(how.frozen ? "__dataclass_builtins_object__.__setattr__(" + self + ",'" + f.name + "'," + value + ")" : self + "." + f.name + "=" + value);
  }
  for (const Field& f : cls.fields) {
    if (f.isInitVar) forPostInit.push_back(f.name);
    if (!f.isParameter) continue;
    const char* otherwise = f.otherwise == Field::Default::Factory ? "=_HAS_DEFAULT_FACTORY" : "";
    (f.isKeyword ? keywords : arguments).push_back(f.name + ":_type_" + f.name + (f.otherwise == Field::Default::Value ? "=_dflt_" + f.name : otherwise));
  }
  if (cls.hasPostInit) body.push_back(self + ".__post_init__(" + joined(forPostInit, ",") + ")");
  if (body.empty()) body.push_back("pass");
  if (!keywords.empty()) {
    arguments.push_back("*");
    arguments.insert(arguments.end(), keywords.begin(), keywords.end());
  }
  locals.push_back("_return_type");
  return functionText("__init__", arguments, body, locals, "->_return_type");
}

class Finder : public ast::Visitor<Finder> {
public:
  explicit Finder(const frontend::base::SymbolTable& symbols) : symbols_(symbols) {}

  void visitClassDef(const ast::ClassDef& n) {
    Dataclass cls = inherited(n);
    if (const auto how = parametersOf(n); how && own(n, *how, cls)) tell(n, *how, cls);
    known_[n.name] = std::move(cls);
    visitChildren(n);
  }
  std::vector<DataclassText> take() { return std::move(texts_); }

private:
  // `name`, or `module.name`.
  std::string_view nameOf(const ast::Expr* e) const {
    if (auto* name = e->tryAs<ast::Name>()) return symbols_.text(name->id);
    if (auto* attribute = e->tryAs<ast::Attribute>(); attribute && attribute->value->is<ast::Name>()) return symbols_.text(attribute->attr);
    return {};
  }

  // From the farthest base to the nearest, as far as they stand in this text.
  Dataclass inherited(const ast::ClassDef& n) const {
    Dataclass cls;
    for (size_t b = n.bases.size(); b-- > 0;) {
      auto* name = n.bases[b]->tryAs<ast::Name>();
      const auto base = name ? known_.find(name->id) : known_.end();
      if (base == known_.end()) continue;
      cls.hasPostInit |= base->second.hasPostInit;
      for (const Field& f : base->second.fields) put(cls.fields, f);
    }
    for (const ast::Stmt* s : n.body)
      if (auto* f = s->tryAs<ast::FunctionDef>(); f && symbols_.text(f->name) == "__post_init__") cls.hasPostInit = true;
    return cls;
  }
  static void put(std::vector<Field>& fields, const Field& field) {
    auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == field.name; });
    if (at == fields.end()) fields.push_back(field);
    else *at = field;
  }

  // Nothing: it is no dataclass, or says something that only running it tells.
  std::optional<Parameters> parametersOf(const ast::ClassDef& n) const {
    for (const ast::Expr* decorator : n.decorator_list) {
      auto* call = decorator->tryAs<ast::Call>();
      if (nameOf(call ? call->func : decorator) != "dataclass") continue;
      Parameters how;
      if (!call) return how;
      if (!call->args.empty()) return std::nullopt;
      for (const ast::Keyword* k : call->keywords) {
        const std::string_view name = k->arg ? symbols_.text(k->arg) : std::string_view();
        const auto value = truthOf(k->value);
        if (!value || name.empty()) return std::nullopt;
        for (auto [text, place] : {std::pair("init", &how.init), {"eq", &how.eq}, {"order", &how.order}, {"unsafe_hash", &how.unsafeHash},
                                   {"frozen", &how.frozen}, {"kw_only", &how.keywordsOnly}, {"slots", &how.slots}})
          if (name == text) *place = *value;
      }
      return how;
    }
    return std::nullopt;
  }

  // Adds the fields that the body annotates; false: that cannot be told.
  bool own(const ast::ClassDef& n, const Parameters& how, Dataclass& cls) const {
    bool isKeyword = how.keywordsOnly;
    for (const ast::Stmt* s : n.body) {
      auto* annotated = s->tryAs<ast::AnnAssign>();
      auto* target = annotated ? annotated->target->tryAs<ast::Name>() : nullptr;
      if (!target) continue;
      const ast::Expr* annotation = annotated->annotation;
      if (auto* constant = annotation->tryAs<ast::Constant>(); constant && constant->value.kind() == ast::ConstantKind::Str)
        for (std::string_view special : {"ClassVar", "InitVar", "KW_ONLY"})
          if (constant->value.text().find(special) != std::string_view::npos) return false;
      auto* generic = annotation->tryAs<ast::Subscript>();
      const std::string_view type = nameOf(generic ? generic->value : annotation);
      if (type == "ClassVar") continue;
      if (type == "KW_ONLY") {
        isKeyword = true;
        continue;
      }
      Field field{.name = std::string(symbols_.text(target->id)), .isKeyword = isKeyword, .isInitVar = type == "InitVar"};
      if (annotated->value && !describe(annotated->value, field)) return false;
      put(cls.fields, field);
    }
    return true;
  }
  // `= value`, or `= field(…)`.
  bool describe(const ast::Expr* value, Field& field) const {
    auto* call = value->tryAs<ast::Call>();
    if (!call || nameOf(call->func) != "field") {
      field.otherwise = Field::Default::Value;
      return true;
    }
    for (const ast::Keyword* k : call->keywords) {
      const std::string_view name = k->arg ? symbols_.text(k->arg) : std::string_view();
      if (name == "default" || name == "default_factory") {
        if (nameOf(k->value) == "MISSING") continue;
        field.otherwise = name == "default" ? Field::Default::Value : Field::Default::Factory;
      } else if (name == "init" || name == "compare" || name == "kw_only" || name == "hash") {
        const auto truth = truthOf(k->value);
        if (name == "hash") field.isHashed = truth; // or None
        else if (!truth) return false;
        else (name == "init" ? field.isParameter : name == "compare" ? field.isCompared : field.isKeyword) = *truth;
      } else if (name.empty()) {
        return false;
      }
    }
    return true;
  }

  bool binds(const ast::ClassDef& n, std::string_view name) const {
    return std::any_of(n.body.begin(), n.body.end(), [&](const ast::Stmt* s) {
      if (auto* f = s->tryAs<ast::FunctionDef>()) return symbols_.text(f->name) == name;
      auto* assign = s->tryAs<ast::Assign>();
      return assign && std::any_of(assign->targets.begin(), assign->targets.end(), [&](const ast::Expr* target) { return nameOf(target) == name; });
    });
  }

  void tell(const ast::ClassDef& n, const Parameters& how, const Dataclass& cls) {
    auto add = [&](const char* method, std::string text) { texts_.push_back({&n, method, std::move(text), !binds(n, method)}); };
    if (how.init) add("__init__", initText(cls, how));
    auto compare = [&](const char* method, const char* op) {
      const std::string test = " return " + fieldsOf("self", cls.fields, isCompared) + op + fieldsOf("other", cls.fields, isCompared);
      add(method, functionText(method, {"self", "other"}, {"if other.__class__ is self.__class__:", test, "return NotImplemented"}, {}, ""));
    };
    if (how.eq) compare("__eq__", "==");
    if (how.order)
      for (auto [method, op] : {std::pair("__lt__", "<"), {"__le__", "<="}, {"__gt__", ">"}, {"__ge__", ">="}}) compare(method, op);
    if ((how.unsafeHash || (how.eq && how.frozen)) && !binds(n, "__hash__"))
      add("__hash__", functionText("__hash__", {"self"}, {"return hash(" + fieldsOf("self", cls.fields, isHashed) + ")"}, {}, ""));
  }

  const frontend::base::SymbolTable& symbols_;
  std::unordered_map<frontend::base::Symbol, Dataclass> known_;
  std::vector<DataclassText> texts_;
};

} // namespace

std::vector<DataclassText> dataclassTexts(const ast::Mod* tree, const frontend::base::SymbolTable& symbols) {
  Finder finder(symbols);
  finder.visit(tree);
  return finder.take();
}

} // namespace krait::ir::build
