// One compilation per module, kept: its code units are found by qualified name
// and place. Nested code objects among the constants are those of the running
// program where it has them, else descriptions without code.
#include "ir/interp/bytecode_source.h"

#include "frontend/parse/parser.h"
#include "ir/bytecode/compile.h"
#include "ir/interp/constant_value.h"
#include "ir/interp/kept_tree.h"
#include "ir/interp/unit.h"
#include "ir/vm/vm.h"
#include "runtime/abi/sections.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <memory>
#include <unordered_map>

namespace krait::ir::interp {

namespace fe = krait::frontend;
using bytecode::CodeUnit;

namespace {

struct Compilation {
  core::ConstantTable constants;
  std::unique_ptr<CodeUnit> root;
  std::vector<Value> values; // of constants, by id; owned; null: not made yet

  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;
  ~Compilation() {
    for (Value v : values) xdecref(v);
  }
};

struct Source {
  std::string text;
  KeptTree* tree = nullptr; // instead of a text
  core::Module::Form form = core::Module::Form::File;
  int optimize = 0;
};

bool findSource(const CodeInfo* code, Source& out) {
  if (isInterpreted(code)) {
    const core::Module& ir = unitOf(code).ir();
    KeptTree* tree = unitOf(code).tree();
    out = {tree ? std::string() : ir.source, tree, ir.form, ir.optimize};
    return true;
  }
  if (!code->module) return false;
  if (const ForetoldText* foretold = foretoldTextOf(code)) {
    out.text.assign(foretold->text, foretold->size);
    out.form = core::Module::Form::Exec;
    return true;
  }
  Ref text(templateSource(code->module));
  if (!text) {
    errorClear();
    return false;
  }
  Utf8 utf8(text);
  if (!utf8.ok()) return false;
  out.text = utf8.view();
  return true;
}

std::unique_ptr<Compilation> compileTree(const fe::base::SourceBuffer& buffer, const fe::ast::Mod* tree, fe::base::SymbolTable& symbols,
                                         const CodeInfo* code, int optimize) {
  fe::base::Diagnostics diags;
  fe::sema::Options options{.futureFlags = code->flags & kFutureFlags, .allowTopLevelAwait = true, .optimize = optimize > 0};
  auto analysis = fe::sema::analyze(buffer, tree, symbols, diags, options);
  if (!analysis) return nullptr;
  auto made = std::make_unique<Compilation>();
  made->root = bytecode::compileModule(buffer, tree, *analysis, symbols, made->constants, {.optimize = optimize});
  made->values.resize(made->constants.size());
  return made;
}

std::unique_ptr<Compilation> compile(const CodeInfo* code, const Source& source) {
  if (KeptTree* kept = source.tree) return compileTree(*kept->buffer, kept->root, kept->symbols, code, source.optimize);
  fe::base::Diagnostics diags;
  auto buffer = fe::base::SourceBuffer::fromText("<source>", source.text, diags);
  if (!buffer) return nullptr;
  fe::base::Arena arena;
  fe::base::SymbolTable symbols;
  using Form = core::Module::Form;
  auto mode = source.form == Form::Eval     ? fe::parse::Mode::Eval
              : source.form == Form::Single ? fe::parse::Mode::Single
                                            : fe::parse::Mode::Exec;
  const fe::ast::Mod* tree = fe::parse::parseModule(*buffer, arena, symbols, diags, mode);
  return tree ? compileTree(*buffer, tree, symbols, code, source.optimize) : nullptr;
}

// By ModuleInfo or ForetoldText.
std::unordered_map<const void*, std::unique_ptr<Compilation>>& compilations() {
  static auto& all = *new std::unordered_map<const void*, std::unique_ptr<Compilation>>;
  return all;
}

// Compiled once per module or text; null: there is no text.
Compilation* compilationOf(const CodeInfo* code) {
  const ForetoldText* foretold = isInterpreted(code) ? nullptr : foretoldTextOf(code);
  auto [at, isNew] = compilations().try_emplace(foretold ? static_cast<const void*>(foretold) : code->module);
  if (isNew)
    if (Source source; findSource(code, source)) at->second = compile(code, source);
  return at->second.get();
}

bool isSamePlace(const SourceSpan& a, const SourceSpan& b) { return a.line == b.line && a.column == b.column; }

bool describes(const CodeUnit& unit, const CodeInfo* code, bool exactly) {
  Utf8 name(code->qualname);
  return name.ok() && name.view() == unit.qualname && unit.firstLine == code->firstLine &&
         (!exactly || isSamePlace(unit.span, code->span));
}

// `before`: how many that are described the same come first. Trees may put several lambdas of a function at one place.
const CodeUnit* findUnit(const CodeUnit& unit, const CodeInfo* code, bool exactly, uint32_t& before) {
  if (describes(unit, code, exactly) && before-- == 0) return &unit;
  for (const auto& inner : unit.units)
    if (const CodeUnit* found = findUnit(*inner, code, exactly, before)) return found;
  return nullptr;
}

uint32_t sameBefore(const CodeInfo* code) {
  if (!isInterpreted(code)) return 0;
  Unit& own = unitOf(code);
  uint32_t count = 0;
  for (uint32_t i = 0; i < own.ir().functions.size() && own.codeInfo(i) != code; ++i) {
    const CodeInfo* other = own.codeInfo(i);
    count += strEqual(other->qualname, code->qualname) && other->firstLine == code->firstLine && isSamePlace(other->span, code->span);
  }
  return count;
}

// A comprehension that has become a function of what it captures (ir/passes/lift_captures.cpp) is none to the program.
bool defines(const CodeUnit& unit, const CodeInfo* code) {
  if (!describes(unit, code, true)) return false;
  return !(code->flags & kCodeOptimized) || (code->argCount == unit.argCount && code->freeCount == unit.freeNames.size());
}

// The program's own description of a nested definition, or null. `root`: of all units.
const CodeInfo* findInfo(const CodeUnit& root, const CodeInfo* outer, const CodeUnit& unit) {
  if (isInterpreted(outer)) {
    Unit& own = unitOf(outer);
    for (uint32_t i = 0; i < own.ir().functions.size(); ++i) {
      const CodeInfo* info = own.codeInfo(i);
      if (!defines(unit, info)) continue;
      uint32_t before = sameBefore(info);
      if (findUnit(root, info, true, before) == &unit) return info;
    }
    return nullptr;
  }
  const ForetoldText* text = foretoldTextOf(outer);
  for (const FunctionSites* record = krt_sites_begin; record && record < krt_sites_end; ++record) {
    auto* info = fieldAddress<CodeInfo>(record->code);
    if (info->module == outer->module && defines(unit, info) && foretoldTextOf(info) == text) return info;
  }
  return nullptr;
}

// Of code that the program has no function for: it runs as bytecode.
const CodeInfo* makeInfo(const CodeInfo* outer, const CodeUnit& unit) {
  auto names = [](const std::vector<std::string>& list) {
    auto* made = new Value[list.size()];
    for (size_t i = 0; i < list.size(); ++i) made[i] = internStr(std::string_view(list[i]));
    return made;
  };
  auto* info = new CodeInfo{};
  info->name = internStr(std::string_view(unit.name));
  info->qualname = internStr(std::string_view(unit.qualname));
  info->filename = outer->filename;
  info->module = outer->module;
  info->unit = outer->unit;
  info->flags = unit.flags;
  info->firstLine = unit.firstLine;
  info->posOnlyCount = unit.posOnlyCount;
  info->argCount = unit.argCount;
  info->kwOnlyCount = unit.kwOnlyCount;
  info->paramCount = unit.argCount + unit.kwOnlyCount + ((unit.flags & kCodeVarArgs) != 0) + ((unit.flags & kCodeVarKeywords) != 0);
  info->varCount = static_cast<uint32_t>(unit.varNames.size());
  info->cellCount = static_cast<uint32_t>(unit.cellNames.size());
  info->freeCount = static_cast<uint32_t>(unit.freeNames.size());
  info->varNames = names(unit.varNames);
  info->cellNames = names(unit.cellNames);
  info->freeNames = names(unit.freeNames);
  info->span = unit.span;
  if (!(info->flags & kCodeOptimized)) info->paramCount = 1; // a class body takes its namespace
  vm::bindEntries(*info);
  return info;
}

Value valueOf(void* self, core::ConstantId id) {
  auto* c = static_cast<Compilation*>(self);
  if (!c->values[id]) c->values[id] = constantValue(c->constants[id], valueOf, c);
  return c->values[id];
}

Value constantsOf(Compilation& c, const CodeUnit& unit, const CodeInfo* code) {
  if (unit.constants.empty()) return newRef(emptyTuple());
  Ref made(newTuple(static_cast<int64_t>(unit.constants.size())));
  for (size_t i = 0; made && i < unit.constants.size(); ++i) {
    const CodeUnit::Constant& constant = unit.constants[i];
    Value& v = asTuple(made)->items[i];
    if (constant.unit < 0) {
      v = xnewRef(valueOf(&c, constant.id));
    } else {
      const CodeUnit& inner = *unit.units[static_cast<size_t>(constant.unit)];
      const CodeInfo* info = findInfo(*c.root, code, inner);
      v = codeObjectOf(info ? info : makeInfo(code, inner));
    }
    if (!v) return Value();
  }
  return made.release();
}

Value namesOf(const std::vector<std::string>& names) {
  if (names.empty()) return newRef(emptyTuple());
  Ref made(newTuple(static_cast<int64_t>(names.size())));
  for (size_t i = 0; made && i < names.size(); ++i)
    if (!(asTuple(made)->items[i] = internStr(std::string_view(names[i])))) return Value();
  return made.release();
}

} // namespace

void forgetBytecode(const ModuleInfo* module) { compilations().erase(module); }

int32_t sourceOf(const CodeInfo* code, CodeSource& out) {
  Source source;
  if (!findSource(code, source) || source.tree) return 0;
  using Form = core::Module::Form;
  out.text = newStr(source.text);
  out.mode = source.form == Form::Eval ? CompileMode::Eval : source.form == Form::Single ? CompileMode::Single : CompileMode::Exec;
  out.optimize = source.optimize;
  return out.text ? 1 : -1;
}

int32_t bytecodeOf(const CodeInfo* code, Bytecode& out) {
  Compilation* c = compilationOf(code);
  if (!c) return 0;
  uint32_t before = sameBefore(code), none = 0;
  const CodeUnit* unit = findUnit(*c->root, code, true, before);
  if (!unit) unit = findUnit(*c->root, code, false, none);
  if (!unit) return 0;
  Ref bytes(newBytes(unit->code)), lines(newBytes(unit->lineTable)), exceptions(newBytes(unit->exceptionTable));
  Ref constants(constantsOf(*c, *unit, code)), names(namesOf(unit->names));
  if (!bytes || !lines || !exceptions || !constants || !names) return -1;
  out = {bytes.release(), lines.release(), exceptions.release(), constants.release(), names.release(), unit->stackSize};
  return 1;
}

} // namespace krait::ir::interp
