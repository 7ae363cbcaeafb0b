// _tracemalloc: which line allocated each living block.
//
// While tracing, the allocator's hooks note size and call stack of every block in
// tables of our own (outside the traced heap). Stacks are kept once each, as
// (file name, line) from the innermost frame outward.
#include <map>
#include <unordered_map>
#include <vector>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct Place {
  uint64_t filename; // word of a str that the table keeps alive
  int32_t line;
  auto operator<=>(const Place&) const = default;
};
struct Stack {
  std::vector<Place> places;
  int64_t depth; // before it was cut to the limit
  auto operator<=>(const Stack&) const = default;
};
struct Block {
  size_t size;
  const Stack* stack;
};

struct Tables {
  std::unordered_map<void*, Block> blocks;
  std::map<Stack, int> stacks; // keys stay where they are
  size_t current = 0, peak = 0;
  int64_t limit = 1;
  bool busy = false;           // inside a hook
};
Tables* tables = nullptr;      // not null while tracing

const Stack* stackHere() {
  Stack stack{{}, 0};
  for (FrameCursor cursor; cursor; cursor.next()) {
    if (stack.depth++ >= tables->limit) continue;
    Value name = cursor.code()->filename;
    incref(name);
    stack.places.push_back({name.bits, lineOfSite(cursor.code(), cursor.site())});
    if (tables->limit == 1) break; // the depth is not worth the walk
  }
  if (stack.places.empty()) {
    static const Value unknown = newStr("<unknown>");
    stack.places.push_back({unknown.bits, 0});
  }
  return &tables->stacks.emplace(std::move(stack), 0).first->first;
}

void allocated(void* block, size_t bytes) {
  if (!tables || tables->busy) return;
  tables->busy = true;
  tables->blocks[block] = {bytes, stackHere()};
  tables->current += bytes;
  if (tables->current > tables->peak) tables->peak = tables->current;
  tables->busy = false;
}

void released(void* block) {
  if (!tables || tables->busy) return;
  auto found = tables->blocks.find(block);
  if (found == tables->blocks.end()) return;
  tables->current -= found->second.size;
  tables->blocks.erase(found);
}

constexpr AllocationHooks hooks = {allocated, released};
int64_t lastLimit = 1;

Value start(Value, const Value* argv) {
  int64_t limit = 1;
  if (argv[0]) {
    limit = toIndex(argv[0], &OverflowErrorType);
    if (limit == -1 && errorSet()) return Value();
  }
  if (limit < 1 || limit > 65535) return raise(ValueErrorType, "the number of frames must be in range [1; 65535]");
  if (tables) return newRef(none());
  tables = new Tables;
  tables->limit = lastLimit = limit;
  setAllocationHooks(&hooks);
  return newRef(none());
}

Value stop(Value) {
  setAllocationHooks(nullptr);
  delete tables;
  tables = nullptr;
  return newRef(none());
}

Value isTracing(Value) { return boolean(tables); }
Value getLimit(Value) { return newInt(lastLimit); }

Value clearTraces(Value) {
  if (tables) {
    tables->blocks.clear();
    tables->current = tables->peak = 0;
  }
  return newRef(none());
}

Value resetPeak(Value) {
  if (tables) tables->peak = tables->current;
  return newRef(none());
}

Value getTracedMemory(Value) {
  size_t current = tables ? tables->current : 0, peak = tables ? tables->peak : 0;
  return newTuple({newIntUnsigned(current), newIntUnsigned(peak)});
}

Value getOwnMemory(Value) {
  if (!tables) return newInt(0);
  return newInt(static_cast<int64_t>(tables->blocks.size() * (sizeof(void*) * 4 + sizeof(Block)) +
                                     tables->stacks.size() * (sizeof(Stack) + sizeof(Place) + 48)));
}

/// ((file name, line), …), innermost first.
Value stackTuple(const Stack& stack) {
  Ref list(newList(0));
  for (const Place& p : stack.places) {
    Ref entry(newTuple({Value(p.filename), newInt(p.line)}));
    if (!list || !entry || listAppend(list, entry) < 0) return Value();
  }
  return listToTuple(list);
}

Value getTraces(Value) {
  Ref list(newList(0));
  if (!list || !tables) return list.release();
  std::vector<Block> blocks; // making the result allocates
  blocks.reserve(tables->blocks.size());
  for (auto& [address, block] : tables->blocks) blocks.push_back(block);
  std::unordered_map<const Stack*, Value> made;
  bool ok = true;
  for (const Block& block : blocks) {
    Value& stack = made[block.stack];
    if (!stack) stack = stackTuple(*block.stack);
    Ref entry(stack ? newTuple({newInt(0), newIntUnsigned(block.size), stack, newInt(block.stack->depth)}) : Value());
    ok = entry && listAppend(list, entry) == 0;
    if (!ok) break;
  }
  for (auto& [key, stack] : made) xdecref(stack);
  return ok ? list.release() : Value();
}

Value getObjectTraceback(Value, Value v) {
  if (!tables || !v.isPointer()) return newRef(none());
  Object* o = v.object();
  auto found = tables->blocks.find(reinterpret_cast<char*>(o) - headerSize(o->layout));
  return found == tables->blocks.end() ? newRef(none()) : stackTuple(*found->second.stack);
}

const MethodDef methods[] = {
    {"start", start, "($module, nframe=1, /)"},
    {"stop", stop, "($module, /)"},
    {"is_tracing", isTracing, "($module, /)"},
    {"get_traceback_limit", getLimit, "($module, /)"},
    {"clear_traces", clearTraces, "($module, /)"},
    {"reset_peak", resetPeak, "($module, /)"},
    {"get_traced_memory", getTracedMemory, "($module, /)"},
    {"get_tracemalloc_memory", getOwnMemory, "($module, /)"},
    {"_get_traces", getTraces, "($module, /)"},
    {"_get_object_traceback", getObjectTraceback, "($module, obj, /)"},
    {},
};

} // namespace

extern "C" constinit const NativeModule krt_module_tracemalloc = {"_tracemalloc", methods, nullptr};

} // namespace krait
