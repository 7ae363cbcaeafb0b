#include "ir/interp/unit.h"

#include "ir/interp/interpreter.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

#include <cstdio>
#include <cstdlib>

namespace krait::ir::interp {

namespace {
Value interned(const std::string& text) { return internStr(std::string_view(text)); }

// The strings that CPython's compiler interns: those that could be names.
bool isNameLike(std::string_view text) {
  for (unsigned char c : text)
    if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) return false;
  return true;
}
} // namespace

Unit* Unit::load(std::unique_ptr<core::Module> ir) { return new Unit(std::move(ir)); }

Unit::Unit(std::unique_ptr<core::Module> ir) : ir_(std::move(ir)) {
  constants_.resize(ir_->constants.size());
  names_.resize(ir_->names.size());
  cells_.resize(ir_->cells.size());
  info_.name = ir_->name.c_str();
  info_.filename = ir_->filename.c_str();
  info_.isPackage = ir_->isPackage;
  infos_.resize(ir_->functions.size());
  Value filename = interned(ir_->filename);
  for (uint32_t i = 0; i < infos_.size(); ++i) {
    infos_[i].unit = this;
    infos_[i].number = i;
    infos_[i].info.filename = filename;
    describe(infos_[i], *ir_->functions[i]);
  }
  info_.body = body();
}

void Unit::describe(FunctionState& state, core::Function& f) {
  CodeInfo& c = state.info;
  c.name = interned(f.name);
  c.qualname = interned(f.qualname);
  c.module = &info_;
  c.flags = f.flags;
  c.firstLine = f.firstLine;
  c.posOnlyCount = f.posOnlyCount;
  c.argCount = f.argCount;
  c.kwOnlyCount = f.kwOnlyCount;
  c.paramCount = f.paramCount();
  c.varCount = f.varCount;
  c.cellCount = static_cast<uint32_t>(f.cells.size());
  c.freeCount = static_cast<uint32_t>(f.frees.size());
  for (uint32_t i = 0; i < f.varCount; ++i) state.varNames.push_back(interned(f.locals[i].name));
  for (const std::string& name : f.cells) state.cellNames.push_back(interned(name));
  for (const std::string& name : f.frees) state.freeNames.push_back(interned(name));
  for (const core::Site& site : f.sites) state.sites.push_back(site.span);
  c.varNames = state.varNames.data();
  c.cellNames = state.cellNames.data();
  c.freeNames = state.freeNames.data();
  if (f.docstring != core::kNone) c.docstring = constant(f.docstring);
  c.sites = state.sites.data();
  c.siteCount = static_cast<uint32_t>(state.sites.size());
  c.span = f.span;
  c.body = &state;
  bindEntries(c);
}

Value Unit::name(uint32_t id) {
  if (!names_[id]) names_[id] = interned(ir_->names[id]);
  return names_[id];
}

Value Unit::cell(uint32_t id) {
  if (!cells_[id]) cells_[id] = interned(ir_->cells[id]);
  return cells_[id];
}

Value Unit::constant(core::ConstantId id) {
  if (!constants_[id]) constants_[id] = makeConstant(ir_->constants[id]);
  return constants_[id];
}

Value Unit::makeConstant(const core::Constant& c) {
  using enum core::ConstantKind;
  switch (c.kind) {
  case None: return none();
  case True: return boolean(true);
  case False: return boolean(false);
  case Ellipsis: return ellipsis();
  case Int: return newInt(c.integer);
  case BigInt: return intFromText(c.text.data(), c.text.size(), 0, krait::none());
  case Float: return newFloat(c.real);
  case Complex: return newComplex(c.real, c.imaginary);
  case Str: return isNameLike(c.text) ? internStr(std::string_view(c.text)) : newStr(c.text);
  case Bytes: return newBytes(c.text);
  case Tuple: {
    if (c.elements.empty()) return emptyTuple();
    Ref made(newTuple(static_cast<int64_t>(c.elements.size())));
    for (size_t i = 0; made && i < c.elements.size(); ++i) {
      Value item = constant(c.elements[i]);
      if (!item) return Value();
      asTuple(made)->items[i] = newRef(item);
    }
    return made.release();
  }
  case FrozenSet: {
    Ref list(newList(0));
    for (core::ConstantId element : c.elements) {
      Value item = constant(element);
      if (!item || listAppend(list, item) < 0) return Value();
    }
    return newFrozenSet(list);
  }
  case Code: return xnewRef(codeObjectOf(codeInfo(static_cast<uint32_t>(c.integer))));
  }
  return Value();
}

const Code& Unit::decode(FunctionState& state, uint32_t function) {
  state.code = interp::decode(*this, *ir_->functions[function]);
  if (!state.code) {
    // Constants were checked when the source was compiled: only memory can be missing.
    fputs("krait: out of memory while preparing a function\n", stderr);
    abort();
  }
  state.info.slotCount = state.code->persistent;
  return *state.code;
}

const Code& codeOf(const CodeInfo* info) {
  auto* state = static_cast<Unit::FunctionState*>(const_cast<void*>(info->body));
  return state->unit->code(state->number);
}

} // namespace krait::ir::interp
