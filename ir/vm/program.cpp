#include "ir/vm/program.h"

#include "ir/bytecode/flow_graph.h"
#include "ir/vm/vm.h"
#include "runtime/abi/eager_code.h"
#include "runtime/abi/line_table.h"
#include "runtime/object/errors.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace krait::ir::vm {

namespace {

// Six bits per byte, most significant first; 0x40: more follow.
std::vector<Handler> parseHandlers(std::string_view table) {
  std::vector<Handler> handlers;
  size_t at = 0;
  auto item = [&] {
    uint32_t value = 0;
    while (at < table.size()) {
      auto byte = static_cast<unsigned char>(table[at++]);
      value = value << 6 | (byte & 0x3F);
      if (!(byte & 0x40)) break;
    }
    return value;
  };
  while (at < table.size()) {
    Handler h{};
    h.start = item();
    h.end = h.start + item();
    h.target = item();
    const uint32_t depth = item();
    h.depth = depth >> 1;
    h.pushesLast = depth & 1;
    handlers.push_back(h);
  }
  return handlers;
}

bool listsName(const Value* names, uint32_t count, Value name) {
  return std::any_of(names, names + count, [&](Value v) { return strEqual(v, name); });
}

std::unique_ptr<Program> make(const CodeInfo* code) {
  Ref object(codeObjectOf(code));
  Bytecode bytes;
  const int32_t found = object ? bytecodeOfCode(object, bytes) : -1;
  if (found <= 0) {
    if (!found) raise(SystemErrorType, "there is no bytecode for %U", code->qualname);
    return nullptr;
  }
  auto p = std::make_unique<Program>();
  p->codeObject = newRef(object);
  p->code = bytesView(bytes.code);
  p->constants = newRef(bytes.constants);
  p->names = newRef(bytes.names);
  p->handlers = parseHandlers(bytesView(bytes.exceptionTable));
  p->stackSize = static_cast<uint32_t>(std::max<int64_t>(bytes.stackSize, 0)) + 1; // a jump from a yield leaves one behind
  p->spans.resize(p->size(), SourceSpan{-1, -1, -1, -1});
  uint32_t unit = 0;
  walkLineTable(bytesView(bytes.lineTable), code->firstLine, [&](const SourceSpan& span, int32_t units) {
    for (; units > 0 && unit < p->size(); --units) p->spans[unit++] = span;
  });
  while (p->firstTraceable < p->size() && p->opcode(p->firstTraceable) != static_cast<uint32_t>(bytecode::Opcode::RESUME))
    ++p->firstTraceable;

  p->info = *code;
  if (code->flags & kCodeEager) p->info.flags = (code->flags & ~kCodeEager) | kCodeGenerator;
  if (!(code->flags & kCodeOptimized)) p->info.varCount = 0; // Krait's own code keeps the namespace there
  for (uint32_t i = 0; i < code->cellCount; ++i)
    if (!listsName(code->varNames, p->info.varCount, code->cellNames[i])) p->cellNames.push_back(code->cellNames[i]);
  p->info.cellNames = p->cellNames.data();
  p->info.cellCount = static_cast<uint32_t>(p->cellNames.size());
  p->localCount = p->info.varCount + p->info.cellCount + code->freeCount;
  p->info.sites = p->spans.data();
  p->info.siteCount = p->size();
  p->info.slotCount = p->localCount + p->stackSize + 1; // the last: the depth of the stack
  p->info.object = object.as<CodeObject>();
  p->info.body = p.get();
  bindEntries(p->info);
  return p;
}

} // namespace

const Handler* Program::handlerAt(uint32_t unit) const {
  for (const Handler& h : handlers)
    if (unit >= h.start && unit < h.end) return &h;
  return nullptr;
}

const Program* programOf(const CodeInfo* code) {
  static auto& all = *new std::unordered_map<const CodeInfo*, const Program*>; // kept for good
  auto at = all.find(code);
  if (at != all.end()) return at->second;
  const Program* made = make(code).release();
  if (!made) return nullptr;
  all.emplace(code, made);
  all.emplace(&made->info, made);
  return made;
}

} // namespace krait::ir::vm
