// The _symtable module: the scopes that our own analysis finds, in the terms of CPython's
// symbol tables, for Lib/symtable.py. Part of the engine, for it needs the front end.
#include "frontend/base/arena.h"
#include "frontend/parse/parser.h"
#include "frontend/sema/analysis.h"
#include "ir/interp/engine.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/module_constants.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::ir::interp {
namespace {

namespace fe = krait::frontend;
using fe::sema::NameScope;
using fe::sema::Scope;
using fe::sema::ScopeKind;

// The numbers are CPython's; symtable.py reads them as attributes of the module.
enum DefinitionFlag : int64_t {
  DEF_GLOBAL = 1, DEF_LOCAL = 2, DEF_PARAM = 4, DEF_NONLOCAL = 8, USE = 16, DEF_FREE = 32, DEF_FREE_CLASS = 64,
  DEF_IMPORT = 128, DEF_ANNOT = 256, DEF_COMP_ITER = 512, DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT,
};
enum NameKind : int64_t { LOCAL = 1, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL };
enum BlockType : int64_t { TYPE_FUNCTION, TYPE_CLASS, TYPE_MODULE };
constexpr int SCOPE_OFF = 11;
constexpr int64_t SCOPE_MASK = DEF_GLOBAL | DEF_LOCAL | DEF_PARAM | DEF_NONLOCAL;

struct EntryObject {
  Object header;
  Value name, symbols, varNames, children; // str, dict of str to flags, list of parameters, list of entries
  int64_t id, type, line;
  bool isNested;
};
EntryObject* asEntry(Value v) { return v.as<EntryObject>(); }

void deallocEntry(Object* o) {
  gcUntrack(o);
  auto* e = reinterpret_cast<EntryObject*>(o);
  for (Value* part : {&e->name, &e->symbols, &e->varNames, &e->children}) clear(*part);
  freeObject(o);
}
int traverseEntry(Object* o, Visit visit, void* context) {
  auto* e = reinterpret_cast<EntryObject*>(o);
  for (Value part : {e->name, e->symbols, e->varNames, e->children})
    if (int r = visit(part, context)) return r;
  return 0;
}
Value reprEntry(Value self) {
  const EntryObject* e = asEntry(self);
  return formatText("<symtable entry %U(%ld), line %ld>", e->name, static_cast<long>(e->id), static_cast<long>(e->line));
}

constinit const MemberDef entryMembers[] = {
    {"id", MemberKind::Int64, offsetof(EntryObject, id)},
    {"name", MemberKind::Object, offsetof(EntryObject, name)},
    {"symbols", MemberKind::Object, offsetof(EntryObject, symbols)},
    {"varnames", MemberKind::Object, offsetof(EntryObject, varNames)},
    {"children", MemberKind::Object, offsetof(EntryObject, children)},
    {"nested", MemberKind::Bool, offsetof(EntryObject, isNested)},
    {"type", MemberKind::Int64, offsetof(EntryObject, type)},
    {"lineno", MemberKind::Int64, offsetof(EntryObject, line)},
    {},
};
constinit Type entryType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "symtable entry",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &entryType, .size = sizeof(EntryObject), .flags = kLayoutGc},
    .dealloc = deallocEntry,
    .traverse = traverseEntry,
    .repr = reprEntry,
    .members = entryMembers,
};

int64_t kindOf(NameScope scope) {
  switch (scope) {
    case NameScope::Local: return LOCAL;
    case NameScope::Cell: return CELL;
    case NameScope::Free: return FREE;
    case NameScope::GlobalExplicit: return GLOBAL_EXPLICIT;
    default: return GLOBAL_IMPLICIT;
  }
}

int64_t flagsOf(const fe::sema::Binding& binding) {
  using namespace fe::sema;
  constexpr std::pair<uint32_t, int64_t> kFlags[] = {
      {kAssigned, DEF_LOCAL}, {kDeleted, DEF_LOCAL}, {kUsed, USE}, {kParameter, DEF_PARAM}, {kImported, DEF_IMPORT},
      {kAnnotated, DEF_ANNOT}, {kDeclaredGlobal, DEF_GLOBAL}, {kDeclaredNonlocal, DEF_NONLOCAL},
      {kComprehensionTarget, DEF_LOCAL | DEF_COMP_ITER}, {kFreeInClass, DEF_FREE_CLASS}};
  int64_t flags = kindOf(binding.scope) << SCOPE_OFF;
  for (auto& [ours, theirs] : kFlags)
    if (binding.flags & ours) flags |= theirs;
  return flags;
}

/// The entry of a scope and those within (owned), or null with MemoryError.
Value entryOf(const Scope& scope, const fe::base::SourceBuffer& buffer, const fe::base::SymbolTable& symbols) {
  Ref self(newObject(&entryType.instanceLayout));
  if (!self) return Value();
  EntryObject* e = asEntry(self);
  std::string_view name = scope.kind == ScopeKind::Module ? "top" : symbols.text(scope.name);
  if (name.starts_with('<') && name.ends_with('>')) name = name.substr(1, name.size() - 2); // "<lambda>"
  e->name = newStr(name);
  e->symbols = newDict();
  e->varNames = newList(0);
  e->children = newList(0);
  e->id = static_cast<int64_t>(reinterpret_cast<intptr_t>(e));
  e->type = scope.kind == ScopeKind::Module ? TYPE_MODULE : scope.kind == ScopeKind::Class ? TYPE_CLASS : TYPE_FUNCTION;
  e->line = scope.kind == ScopeKind::Module ? 0 : buffer.position(scope.node->span.start).line;
  e->isNested = scope.isNested;
  if (!e->name || !e->symbols || !e->varNames || !e->children) return Value();
  for (const fe::sema::Binding& b : scope.bindings) {
    Ref key(newStr(symbols.text(b.name))), flags(newInt(flagsOf(b)));
    if (!key || !flags || dictSet(e->symbols, key, flags) < 0) return Value();
  }
  for (fe::base::Symbol parameter : scope.parameters) {
    Ref text(newStr(symbols.text(parameter)));
    if (!text || listAppend(e->varNames, text) < 0) return Value();
  }
  for (const Scope* child : scope.children) {
    if (child->isAnnotation) continue;
    Ref entry(entryOf(*child, buffer, symbols));
    if (!entry || listAppend(e->children, entry) < 0) return Value();
  }
  gcTrack(&e->header);
  return self.release();
}

Value symtable(Value, const Value* argv) {
  using Mode = fe::parse::Mode;
  Ref source(sourceText(argv[0], "symtable", "string or bytes")), filename(source ? sourceFileName(argv[1]) : Value());
  if (!filename) return Value();
  if (!isStr(argv[2])) return raise(TypeErrorType, "symtable() argument 3 must be str, not %T", argv[2]);
  Utf8 file(filename);
  if (!file.ok()) return Value();
  const bool isExec = strEqual(argv[2], "exec"), isEval = strEqual(argv[2], "eval");
  if (!isExec && !isEval && !strEqual(argv[2], "single"))
    return raise(ValueErrorType, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  fe::base::Diagnostics diags;
  std::unique_ptr<fe::base::SourceBuffer> buffer;
  if (isStr(source)) {
    Utf8 text(source);
    if (!text.ok()) return Value();
    buffer = fe::base::SourceBuffer::fromText(std::string(file.view()), text.view(), diags);
  } else {
    buffer = fe::base::SourceBuffer::fromBytes(std::string(file.view()), bytesView(source), diags, fe::base::SourceBuffer::Origin::Bytes);
  }
  fe::base::Arena arena;
  fe::base::SymbolTable symbols;
  const fe::ast::Mod* tree =
      buffer ? fe::parse::parseModule(*buffer, arena, symbols, diags, isExec ? Mode::Exec : isEval ? Mode::Eval : Mode::Single) : nullptr;
  auto analysis = tree ? fe::sema::analyze(*buffer, tree, symbols, diags, {.scopesOnly = true}) : nullptr;
  if (!analysis) {
    raiseDiagnostic(*diags.firstError());
    return Value();
  }
  return entryOf(analysis->scopes.module(), *buffer, symbols);
}

constinit const MethodDef functions[] = {{"symtable", symtable, "(source, filename, startstr, /)"}, {}};

constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(USE), KRAIT_MODULE_CONSTANT(DEF_GLOBAL), KRAIT_MODULE_CONSTANT(DEF_NONLOCAL),
    KRAIT_MODULE_CONSTANT(DEF_LOCAL), KRAIT_MODULE_CONSTANT(DEF_PARAM), KRAIT_MODULE_CONSTANT(DEF_FREE),
    KRAIT_MODULE_CONSTANT(DEF_FREE_CLASS), KRAIT_MODULE_CONSTANT(DEF_IMPORT), KRAIT_MODULE_CONSTANT(DEF_BOUND),
    KRAIT_MODULE_CONSTANT(DEF_ANNOT), KRAIT_MODULE_CONSTANT(TYPE_FUNCTION), KRAIT_MODULE_CONSTANT(TYPE_CLASS),
    KRAIT_MODULE_CONSTANT(TYPE_MODULE), KRAIT_MODULE_CONSTANT(LOCAL), KRAIT_MODULE_CONSTANT(GLOBAL_EXPLICIT),
    KRAIT_MODULE_CONSTANT(GLOBAL_IMPLICIT), KRAIT_MODULE_CONSTANT(FREE), KRAIT_MODULE_CONSTANT(CELL),
    KRAIT_MODULE_CONSTANT(SCOPE_OFF), KRAIT_MODULE_CONSTANT(SCOPE_MASK),
};

int execute(Value module) { return moduleAddConstants(module, constants); }

} // namespace
} // namespace krait::ir::interp

extern "C" constinit const krait::NativeModule krt_module_symtable = {"_symtable", krait::ir::interp::functions,
                                                                      krait::ir::interp::execute};
