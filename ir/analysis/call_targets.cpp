#include "ir/analysis/call_targets.h"

#include "ir/analysis/constants.h"
#include "ir/analysis/named_tuples.h"

namespace krait::ir::analysis {

using namespace core;

static std::vector<ConstantId> constantsIn(const Module& module, const Temp* defaults) {
  const Instruction* from = originOf(defaults);
  if (!from) return {};
  if (from->is(Op::Const)) return module.constants[from->index].elements;
  std::vector<ConstantId> items;
  for (uint32_t n = 0; from->is(Op::TupleNew) && n < from->operandCount; ++n) {
    const Instruction* item = originOf(from->operand(n));
    items.push_back(item && item->is(Op::Const) ? item->index : kNone);
  }
  return items;
}

// The keyword-only parameters of the function to which a dict of their default values is given.
static std::vector<uint32_t> parametersIn(const Module& module, const Instruction& made) {
  std::vector<uint32_t> parameters;
  const Instruction* dict = originOf(made.operand(1));
  for (uint32_t n = 0; dict && dict->is(Op::DictNew) && n < dict->operandCount; n += 2) {
    const Instruction* key = originOf(dict->operand(n));
    const auto parameter = key && key->is(Op::Const) ? parameterNamed(*module.functions[made.index], module.constants[key->index].text) : std::nullopt;
    if (!parameter) return {};
    parameters.push_back(*parameter);
  }
  return parameters;
}

// `@decorator def …`, or `@x.decorator def …` where `lookUp` is attr.get: the function.new.
static const Instruction* decorated(const Module& module, const Instruction& call, std::string_view decorator, Op lookUp = Op::NameGet) {
  if (!call.is(Op::Call) || call.operandCount != 2) return nullptr;
  const Instruction* callee = call.operand(0)->definition;
  const Instruction* function = call.operand(1)->definition;
  if (!callee || !callee->is(lookUp) || module.names[callee->index] != decorator) return nullptr;
  return function && function->is(Op::FunctionNew) ? function : nullptr;
}

// The class statement behind any number of decorators, which mostly give back what they get.
static const Instruction* classBuiltFor(const Instruction* from) {
  while (from && from->is(Op::Call) && from->operandCount == 2) from = from->operand(1)->definition;
  return from && from->is(Op::ClassBuild) ? from : nullptr;
}

const Instruction* globalReadOf(const Temp* callee) {
  const Instruction* made = originOf(callee);
  return made && (made->is(Op::GlobalGet) || made->is(Op::GlobalPeek)) ? made : nullptr;
}

bool callsNamed(const Instruction& call, std::string_view name) {
  const Instruction* callee = call.is(Op::Call) ? globalReadOf(call.operand(0)) : nullptr;
  return callee && call.block->function->module.cells[callee->index] == name;
}

Instruction* behindCallee(const Instruction& call) {
  Instruction* i = call.next;
  while (i && i->is(Op::Kill) && i->operand(0) == call.operand(0)) i = i->next;
  return i;
}

uint32_t CallTargets::globalAskedOf(const Instruction& access) const {
  if (module_.neighbours.empty()) return kNone;
  const Instruction* read = globalReadOf(access.operand(0));
  return read ? imports_.inModule(read->index, module_.names[access.index]) : kNone;
}

uint32_t CallTargets::globalAt(const Temp* t) const {
  if (const Instruction* read = globalReadOf(t)) return read->index;
  const Instruction* from = originOf(t);
  return from && from->is(Op::AttrGet) ? globalAskedOf(*from) : kNone;
}

std::optional<uint32_t> CallTargets::classAt(const Temp* t) const {
  const uint32_t global = globalAt(t);
  return global == kNone ? std::nullopt : classOf(global);
}

std::span<const uint32_t> CallTargets::fieldsAt(const Temp* t) const {
  const uint32_t global = globalAt(t);
  return global == kNone ? std::span<const uint32_t>() : fieldsOf(global);
}

CallTargets::CallTargets(const Module& module) : module_(module), imports_(module) {
  for (auto& f : module.functions) {
    if (f->name == "__init__" && f->parent != kNone) initOfClass_.try_emplace(f->definingClass(), f->number);
    if (const uint32_t name = f->methodOf != kNone ? module.names.find(f->name) : kNone; name != kNone) methods_[name].push_back(f->number);
    for (const Block* b = f->entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next) {
        if (i->is(Op::FunctionNew)) {
          if (auto values = constantsIn(module, i->operand(0)); !values.empty()) defaults_[i->index] = std::move(values);
          if (auto parameters = parametersIn(module, *i); !parameters.empty()) keywordDefaults_[i->index] = std::move(parameters);
        } else if (i->is(Op::GlobalSet)) {
          const Instruction* from = i->operand(0)->definition;
          if (!from) continue;
          if (from->is(Op::FunctionNew)) functionOfGlobal_[i->index] = from->index;
          if (const Instruction* built = classBuiltFor(from))
            if (const Instruction* body = built->operand(0)->definition; body && body->is(Op::FunctionNew))
              classOfGlobal_[i->index] = body->index;
          for (const std::string& field : fieldsOfNamedTuple(module, i->operand(0))) {
            const uint32_t name = module.names.find(field);
            fields_[i->index].push_back(name);
            if (name != kNone) fieldNames_.insert(name);
          }
        } else if (i->is(Op::NameSet) && f->kind == FunctionKind::ClassBody) {
          const Instruction* from = i->operand(1)->definition;
          if (!from) continue;
          if (from->is(Op::FunctionNew)) methods_[i->index].push_back(from->index);
          if (const Instruction* getter = decorated(module, *from, "property")) getters_[i->index].push_back(getter->index);
          if (const Instruction* setter = decorated(module, *from, "setter", Op::AttrGet)) setters_[i->index].push_back(setter->index);
        }
      }
  }
}

std::span<const uint32_t> CallTargets::namedIn(const Lists& map, uint32_t name) {
  auto found = map.find(name);
  return found == map.end() ? std::span<const uint32_t>() : std::span<const uint32_t>(found->second);
}

} // namespace krait::ir::analysis
