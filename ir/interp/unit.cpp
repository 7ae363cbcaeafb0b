#include "ir/interp/unit.h"

#include "ir/interp/bytecode_source.h"
#include "ir/interp/kept_tree.h"
#include "ir/interp/constant_value.h"
#include "ir/interp/interpreter.h"
#include "runtime/types/code_object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

#include <cstdio>
#include <cstdlib>

namespace krait::ir::interp {

namespace {
Value interned(const std::string& text) { return internStr(std::string_view(text)); }

} // namespace

Unit* Unit::load(std::unique_ptr<core::Module> ir) {
  auto* unit = new Unit(std::move(ir));
  unit->users = 1;
  unit->release = [](SourceUnit* dead) { delete static_cast<Unit*>(dead); };
  return unit;
}

Unit::~Unit() {
  forgetBytecode(&info_);
  for (Value v : constants_) xdecref(v);
  for (Value v : names_) xdecref(v);
  for (Value v : cells_) xdecref(v);
  for (FunctionState& state : infos_) {
    for (const auto* names : {&state.varNames, &state.cellNames, &state.freeNames})
      for (Value v : *names) decref(v);
    decref(state.info.name);
    decref(state.info.qualname);
  }
  if (!infos_.empty()) decref(infos_[0].info.filename); // one reference for all
}

Unit::Unit(std::unique_ptr<core::Module> ir) : ir_(std::move(ir)) {
  constants_.resize(ir_->constants.size());
  names_.resize(ir_->names.size());
  cells_.resize(ir_->cells.size());
  info_.name = ir_->name.c_str();
  info_.filename = ir_->filename.c_str();
  info_.isPackage = ir_->isPackage;
  infos_.resize(ir_->functions.size());
  Ref decoded(decodeBytes(reinterpret_cast<const uint8_t*>(ir_->filename.data()), ir_->filename.size(), "utf-8", "surrogateescape"));
  Value filename = decoded ? internStr(decoded.release()) : interned(ir_->filename);
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
  c.unit = this;
  c.body = &state;
  bindEntries(c, f);
}

void Unit::keepTree(std::unique_ptr<KeptTree> tree) { tree_ = std::move(tree); }

Value Unit::makeName(uint32_t id) { return names_[id] = interned(ir_->names[id]); }
Value Unit::makeCell(uint32_t id) { return cells_[id] = interned(ir_->cells[id]); }

Value Unit::constant(core::ConstantId id) {
  if (!constants_[id]) constants_[id] = makeConstant(ir_->constants[id]);
  return constants_[id];
}

Value Unit::makeConstant(const core::Constant& c) {
  return constantValue(c, [](void* self, core::ConstantId id) { return static_cast<Unit*>(self)->constant(id); }, this);
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

Unit& unitOf(const CodeInfo* info) {
  return *static_cast<FunctionState*>(const_cast<void*>(info->body))->unit;
}

const Code& firstCodeOf(const CodeInfo* info) {
  auto* state = static_cast<FunctionState*>(const_cast<void*>(info->body));
  const Code& code = state->unit->code(state->number);
  // A copy made by code.replace() before the first call does not know yet how many words a generator needs.
  if (info->slotCount != code.persistent) const_cast<CodeInfo*>(info)->slotCount = code.persistent;
  return code;
}

} // namespace krait::ir::interp
