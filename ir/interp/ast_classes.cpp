// One row per class: name, base, fields as CPython documents them ("expr? value").
// `_fields`, `__match_args__`, docstrings and defaults of optional fields follow.
#include "ir/interp/ast_classes.h"

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait::ir::interp {

namespace {

struct AstObject {
  Object header;
  Value dict;
};

int traverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<AstObject*>(o)->dict, context); }
void clearNode(Object* o) { clear(reinterpret_cast<AstObject*>(o)->dict); }
void dealloc(Object* o) {
  gcUntrack(o);
  clearNode(o);
  freeObject(o);
}

Value construct(Type* type, const Args&) {
  Value made = type->allocate(type, 0);
  if (made) gcTrack(made.object());
  return made;
}

// Positional arguments are the fields in order; keywords are attributes.
int32_t init(Value self, const Args& args) {
  Value key = astName("_fields");
  Ref fields(key ? getAttrOptional(asValue(typeOf(self)), key) : Value());
  if (!fields && errorSet()) return -1;
  Ref names(fields ? toTuple(fields) : newRef(emptyTuple()));
  if (!names) return -1;
  size_t limit = static_cast<size_t>(asTuple(names)->size);
  if (args.count > limit)
    return fail(TypeErrorType, "%.400s constructor takes at most %zu positional argument%s", typeOf(self)->name, limit,
                limit == 1 ? "" : "s");
  for (size_t i = 0; i < args.count; ++i)
    if (setAttr(self, asTuple(names)->items[i], args[i]) < 0) return -1;
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value name = asTuple(args.names)->items[i];
    for (size_t k = 0; k < args.count; ++k)
      if (strEqual(name, asTuple(names)->items[k]))
        return fail(TypeErrorType, "%.400s got multiple values for argument '%U'", typeOf(self)->name, name);
    if (setAttr(self, name, args.values[args.count + i]) < 0) return -1;
  }
  return 0;
}

Value reduce(Value self) {
  Value dict = instanceDict(self.object());
  return newTuple({asValue(typeOf(self)), emptyTuple(), dict ? dict : none()});
}

constinit const MethodDef methods[] = {{"__reduce__", reduce, "($self, /)"}, {}};
constinit const GetSetDef attributes[] = {{"__dict__", getInstanceDict, replaceInstanceDict}, {}};

constinit Type astType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "ast.AST",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnSetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &astType, .size = sizeof(AstObject), .flags = kLayoutGc, .dictOffset = offsetof(AstObject, dict)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearNode,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
};

struct Field {
  std::string_view type, name; // "expr?", "stmt*", "identifier"
};
struct Row {
  const char *name, *base;
  std::vector<Field> fields;
  bool positioned = false; // has the attributes of a position itself, not through its base
};

// Groups of nodes.def as Python names their classes.
constexpr const char* kMod = "mod", *kStmt = "stmt", *kExpr = "expr", *kPattern = "pattern", *kTypeParam = "type_param",
                     *kPart = "AST";
constexpr std::string_view typeNameOf(std::string_view cpp) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"Stmt", "stmt"}, {"Expr", "expr"}, {"Pattern", "pattern"}, {"TypeParam", "type_param"}, {"Comprehension", "comprehension"},
      {"ExceptHandler", "excepthandler"}, {"Arguments", "arguments"}, {"Arg", "arg"}, {"Keyword", "keyword"}, {"Alias", "alias"},
      {"WithItem", "withitem"}, {"MatchCase", "match_case"}, {"Operator", "operator"}, {"BoolOperator", "boolop"},
      {"UnaryOperator", "unaryop"}, {"CompareOperator", "cmpop"}, {"ExprContext", "expr_context"}};
  for (auto& [from, to] : kNames)
    if (from == cpp) return to;
  return cpp;
}

// Fields that the front end keeps no data for: comments, and the prefix of a string.
std::string_view extraFieldOf(std::string_view node) {
  for (const char* with : {"FunctionDef", "AsyncFunctionDef", "Assign", "For", "AsyncFor", "With", "AsyncWith", "arg"})
    if (node == with) return "type_comment";
  return node == "Constant" ? "kind" : "";
}

std::vector<Row> makeRows() {
  std::vector<Row> rows = {{"mod", "AST", {}}, {"stmt", "AST", {}, true}, {"expr", "AST", {}, true}, {"pattern", "AST", {}, true},
                           {"excepthandler", "AST", {}, true}, {"type_param", "AST", {}, true}, {"expr_context", "AST", {}},
                           {"boolop", "AST", {}}, {"operator", "AST", {}}, {"unaryop", "AST", {}}, {"cmpop", "AST", {}},
                           {"type_ignore", "AST", {}}};
#define F_NODE(T, name) {typeNameOf(#T), #name},
#define F_OPT(T, name) {std::string_view(#T "?"), #name},
#define F_LIST(T, name) {std::string_view(#T "*"), #name},
#define F_LIST0(T, name) {std::string_view(#T "*"), #name},
#define F_PARAMS(T, name)
#define F_ENUM(T, name) {typeNameOf(#T), #name},
#define F_ENUMS(T, name) {std::string_view(#T "*"), #name},
#define F_IDENT(name) {"identifier", #name},
#define F_OPTIDENT(name) {"identifier?", #name},
#define F_IDENTS(name) {"identifier*", #name},
#define F_INT(name) {"int", #name},
#define F_CONST(name) {"constant", #name},
#define F_NOTHING(name) {"type_ignore*", #name},
#define KRAIT_NODE(Name, python, Group, list) rows.push_back({python, k##Group, {list}});
#include "frontend/ast/nodes.def"
#define KRAIT_EXPR_CONTEXT(name) rows.push_back({#name, "expr_context", {}});
#define KRAIT_BOOL_OPERATOR(name, text) rows.push_back({#name, "boolop", {}});
#define KRAIT_OPERATOR(name, text) rows.push_back({#name, "operator", {}});
#define KRAIT_UNARY_OPERATOR(name, text) rows.push_back({#name, "unaryop", {}});
#define KRAIT_COMPARE_OPERATOR(name, text) rows.push_back({#name, "cmpop", {}});
#include "frontend/ast/operators.def"
  rows.push_back({"TypeIgnore", "type_ignore", {{"int", "lineno"}, {"string", "tag"}}});
  for (Row& row : rows) {
    std::string_view name = row.name;
    if (name == "ExceptHandler") row.base = "excepthandler";
    if (name == "ImportFrom") row.fields.back().type = "int?";
    row.positioned |= name == "arg" || name == "keyword" || name == "alias";
    if (std::string_view extra = extraFieldOf(name); !extra.empty()) row.fields.push_back({"string?", extra});
  }
  return rows;
}

// Everything made so far: name -> class; and name -> the one instance of an operator or context.
Value classes, singletons;

Value fieldTuple(const std::vector<Field>& fields) {
  if (fields.empty()) return newRef(emptyTuple());
  Ref tuple(newTuple(static_cast<int64_t>(fields.size())));
  for (size_t i = 0; tuple && i < fields.size(); ++i) {
    Value name = internStr(fields[i].name);
    if (!name) return Value();
    asTuple(tuple)->items[i] = name;
  }
  return tuple.release();
}

bool isOptional(std::string_view type) { return type.ends_with('?'); }

std::string docOf(const Row& row) {
  std::string text = row.name;
  for (size_t i = 0; i < row.fields.size(); ++i) {
    std::string_view type = row.fields[i].type;
    std::string_view suffix;
    if (type.ends_with('?') || type.ends_with('*')) suffix = type.substr(type.size() - 1), type.remove_suffix(1);
    text += i ? ", " : "(";
    text += typeNameOf(type);
    text += suffix;
    text += ' ';
    text += row.fields[i].name;
  }
  return row.fields.empty() ? text : text + ")";
}

bool isGroup(const Row& row, const std::vector<Row>& rows) {
  for (const Row& other : rows)
    if (other.base == std::string_view(row.name)) return true;
  return false;
}

// Of a class that others are alternatives of: "unaryop = Invert | Not | UAdd | USub", one to a line where they have fields.
std::string docOfGroup(const Row& group, const std::vector<Row>& rows) {
  std::vector<const Row*> members;
  bool hasFields = false;
  for (const Row& row : rows)
    if (row.base == std::string_view(group.name)) {
      members.push_back(&row);
      hasFields |= !row.fields.empty();
    }
  std::string text = docOf(group);
  const std::string separator = hasFields ? "\n" + std::string(text.size(), ' ') + " | " : " | ";
  for (size_t i = 0; i < members.size(); ++i) text += (i ? separator : " = ") + docOf(*members[i]);
  return text;
}

int32_t makeClass(const Row& row, const std::vector<Row>& rows) {
  Ref ns(newDict()), base(xnewRef(dictGet(classes, row.base))), name(internStr(std::string_view(row.name)));
  Ref bases(base ? newTuple({base.get()}) : Value()), fields(fieldTuple(row.fields)), doc(newStr(isGroup(row, rows) ? docOfGroup(row, rows) : docOf(row)));
  Ref module(newStr("ast"));
  if (!ns || !bases || !name || !fields || !doc || !module) return -1;
  if (dictSet(ns, "_fields", fields) < 0 || dictSet(ns, "__match_args__", fields) < 0 || dictSet(ns, "__doc__", doc) < 0 ||
      dictSet(ns, "__module__", module) < 0)
    return -1;
  for (const Field& field : row.fields)
    if (isOptional(field.type) && dictSet(ns, Ref(internStr(field.name)), none()) < 0) return -1;
  static const std::vector<Field> kPosition = {{"", "lineno"}, {"", "col_offset"}, {"", "end_lineno"}, {"", "end_col_offset"}};
  if (row.positioned || row.base == std::string_view(kPart)) {
    Ref position(row.positioned ? fieldTuple(kPosition) : newRef(emptyTuple()));
    if (!position || dictSet(ns, "_attributes", position) < 0) return -1;
  }
  // A pattern's end may not be left out.
  if (row.positioned && row.name != std::string_view(kPattern))
    for (const char* end : {"end_lineno", "end_col_offset"})
      if (dictSet(ns, end, none()) < 0) return -1;
  Ref made(newType(asValue(&typeType), name, bases, ns, Value()));
  return made ? dictSet(classes, name, made) : -1;
}

int32_t makeAll() {
  if (classes) return 0;
  Ref made(newDict()), instances(newDict());
  if (!made || !instances) return -1;
  typeReady(&astType);
  astType.flags &= ~kTypeImmutable; // programs give all nodes methods; its own instances, which nobody makes, keep their slots
  for (const char* name : {"_fields", "_attributes", "__match_args__"})
    if (dictSet(astType.dict, name, emptyTuple()) < 0) return -1;
  classes = made.release();
  singletons = instances.release();
  if (dictSet(classes, "AST", asValue(&astType)) < 0) return -1;
  const std::vector<Row> rows = makeRows();
  for (const Row& row : rows)
    if (makeClass(row, rows) < 0) return -1;
  return 0;
}

int execute(Value module) {
  if (makeAll() < 0) return -1;
  int64_t position = 0;
  Value name, cls;
  while (dictNext(classes, &position, &name, &cls))
    if (dictSet(moduleDict(module), name, cls) < 0) return -1;
  // compile()'s flags.
  constexpr std::pair<const char*, int64_t> kFlags[] = {
      {"PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000}, {"PyCF_ONLY_AST", 0x400}, {"PyCF_TYPE_COMMENTS", 0x1000}};
  for (auto& [flag, value] : kFlags)
    if (moduleAdd(module, flag, newInt(value)) < 0) return -1;
  return 0;
}

constinit const MethodDef noFunctions[] = {{}};

} // namespace

Value astName(const char* literal) {
  static std::unordered_map<const char*, Value> made; // they live as long as the program
  Value& name = made[literal];
  if (!name) name = internStr(std::string_view(literal));
  return name;
}

Value astClass(const char* name) {
  Value key = astName(name);
  return key && makeAll() == 0 ? dictGet(classes, key) : Value();
}

Value astSingleton(const char* name) {
  Value cls = astClass(name);
  if (!cls) return Value();
  Value found = dictGet(singletons, astName(name));
  if (found || errorSet()) return found;
  Ref made(newAstNode(cls));
  if (!made || dictSet(singletons, name, made) < 0) return Value();
  return made.get(); // kept by the dict
}

Value newAstNode(Value cls) { return construct(cls.as<Type>(), Args{}); }

bool isAstNode(Value v) { return isInstanceOf(v, astType); }

} // namespace krait::ir::interp

extern "C" constinit const krait::NativeModule krt_module_ast = {"_ast", krait::ir::interp::noFunctions,
                                                                 krait::ir::interp::execute};
