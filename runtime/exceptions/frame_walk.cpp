// Stack maps (version 3, see LLVM's StackMaps.rst) into a sorted table, and the walk over machine frames.
#include "runtime/exceptions/frame_walk.h"
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>
#include "runtime/object/invoke_offsets.h"
#include "runtime/types/function.h"

namespace krait {

static_assert(offsetof(HotState, anchor) == KRAIT_HOT_ANCHOR);
static_assert(offsetof(FunctionObject, code) == KRAIT_FUNCTION_CODE);
static_assert(offsetof(CodeInfo, paramCount) == KRAIT_CODE_PARAM_COUNT);
static_assert(offsetof(CodeInfo, entry) == KRAIT_CODE_ENTRY);

extern "C" {
extern const uint8_t krt_stackmaps_begin[] __attribute__((weak));
extern const uint8_t krt_stackmaps_end[] __attribute__((weak));
extern const CodeTableEntry krt_code_table_begin[] __attribute__((weak));
extern const CodeTableEntry krt_code_table_end[] __attribute__((weak));
}

namespace {

struct SiteRecord {
  uint32_t offset, site;
};
struct MappedFunction {
  uintptr_t start;
  const CodeInfo* code;
  uint32_t firstRecord, recordCount;
};

/// The whole program's call sites, functions sorted by address, records of each by offset.
class SiteTable {
public:
  SiteTable() {
    readCodeTable();
    for (const uint8_t* p = krt_stackmaps_begin; p && p < krt_stackmaps_end;) p = readBlock(p);
    std::sort(functions_.begin(), functions_.end(),
              [](const MappedFunction& a, const MappedFunction& b) { return a.start < b.start; });
  }

  CallSite find(uintptr_t pc) const {
    auto after = std::upper_bound(functions_.begin(), functions_.end(), pc,
                                  [](uintptr_t address, const MappedFunction& f) { return address < f.start; });
    if (after == functions_.begin()) return {nullptr, 0};
    const MappedFunction& f = after[-1];
    auto offset = static_cast<uint64_t>(pc - f.start);
    const SiteRecord* first = records_.data() + f.firstRecord;
    const SiteRecord* last = first + f.recordCount;
    const SiteRecord* hit = std::lower_bound(
        first, last, offset, [](const SiteRecord& r, uint64_t wanted) { return r.offset < wanted; });
    // Beyond the last map: an address of other code that follows the function.
    return hit == last ? CallSite{nullptr, 0} : CallSite{f.code, hit->site};
  }

private:
  template <class T> static T read(const uint8_t* p) {
    T v;
    memcpy(&v, p, sizeof v);
    return v;
  }

  void readCodeTable() {
    for (const CodeTableEntry* e = krt_code_table_begin; e && e < krt_code_table_end; ++e)
      if (e->start) codes_.push_back({reinterpret_cast<uintptr_t>(e->start), e->code});
    std::sort(codes_.begin(), codes_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  const CodeInfo* codeAt(uintptr_t start) const {
    auto found = std::lower_bound(codes_.begin(), codes_.end(), start,
                                  [](const auto& entry, uintptr_t address) { return entry.first < address; });
    return found != codes_.end() && found->first == start ? found->second : nullptr;
  }

  /// One object file's stack maps; returns the position behind them.
  const uint8_t* readBlock(const uint8_t* p) {
    if (*p != 3) return p + 8; // padding between contributions
    uint32_t functionCount = read<uint32_t>(p + 4), constantCount = read<uint32_t>(p + 8);
    const uint8_t* function = p + 16;
    const uint8_t* record = function + size_t{24} * functionCount + size_t{8} * constantCount;
    for (uint32_t i = 0; i < functionCount; ++i, function += 24) {
      auto start = static_cast<uintptr_t>(read<uint64_t>(function));
      auto count = static_cast<uint32_t>(read<uint64_t>(function + 16));
      auto firstRecord = static_cast<uint32_t>(records_.size());
      for (uint32_t k = 0; k < count; ++k) record = readRecord(record);
      std::sort(records_.begin() + firstRecord, records_.end(),
                [](const SiteRecord& a, const SiteRecord& b) { return a.offset < b.offset; });
      if (const CodeInfo* code = codeAt(start)) functions_.push_back({start, code, firstRecord, count});
    }
    return record;
  }

  const uint8_t* readRecord(const uint8_t* p) {
    auto id = read<uint64_t>(p);
    records_.push_back({read<uint32_t>(p + 8), static_cast<uint32_t>(id)});
    auto locations = read<uint16_t>(p + 14);
    p += 16 + size_t{12} * locations;
    p = align(p) + 2; // padding, then 16 bits of padding
    auto liveOuts = read<uint16_t>(p);
    return align(p + 2 + size_t{4} * liveOuts);
  }
  static const uint8_t* align(const uint8_t* p) {
    return reinterpret_cast<const uint8_t*>((reinterpret_cast<uintptr_t>(p) + 7) & ~uintptr_t{7});
  }

  std::vector<std::pair<uintptr_t, const CodeInfo*>> codes_;
  std::vector<MappedFunction> functions_;
  std::vector<SiteRecord> records_;
};

const SiteTable& siteTable() {
  static const SiteTable table;
  return table;
}

uintptr_t wordAtAddress(uintptr_t address) { return *reinterpret_cast<const uintptr_t*>(address); }
uintptr_t returnAddressOf(uintptr_t frame) { return wordAtAddress(frame + sizeof(void*)); }

/// A frame pointer that can lead outward from `from` without passing `bound`.
bool plausible(uintptr_t next, uintptr_t from, uintptr_t bound) {
  return next > from && next <= bound && next % (2 * sizeof(void*)) == 0;
}

uintptr_t stackHigh() {
  uintptr_t high = currentThread()->stackHigh;
  return high ? high - 2 * sizeof(void*) : UINTPTR_MAX;
}
} // namespace

CallSite findCallSite(const void* returnAddress) {
  return siteTable().find(reinterpret_cast<uintptr_t>(returnAddress));
}

int32_t lineOfSite(const CodeInfo* code, uint32_t site) {
  return site < code->siteCount ? code->sites[site].line : static_cast<int32_t>(code->firstLine);
}

Value globalsOf(const CodeInfo* code, FunctionObject* function) {
  return function ? function->globals : code->module ? krt_module_globals(code->module) : Value();
}

[[gnu::noinline]] FrameCursor::FrameCursor()
    : frame_(reinterpret_cast<uintptr_t>(__builtin_frame_address(0))), anchor_(static_cast<Anchor*>(krt_hot.anchor)),
      interpreter_(currentThread()->activation) {
  advance();
}

void FrameCursor::next() { advance(); }

void FrameCursor::advance() {
  code_ = nullptr;
  function_ = nullptr;
  activation_ = nullptr;
  while (frame_) {
    if (interpreter_ && reinterpret_cast<uintptr_t>(interpreter_->frameAddress) <= frame_) {
      activation_ = interpreter_;
      interpreter_ = interpreter_->previous;
      code_ = activation_->code;
      site_ = activation_->site;
      function_ = activation_->function;
      address_ = activation_->frameAddress;
      return;
    }
    if (step()) return;
  }
}

/// Looks at the return address of frame_ and moves one machine frame outward; true if that caller is generated code.
bool FrameCursor::step() {
  while (anchor_ && reinterpret_cast<uintptr_t>(anchor_->frame) < frame_) anchor_ = anchor_->previous;
  uintptr_t bound = anchor_ ? reinterpret_cast<uintptr_t>(anchor_->frame) : stackHigh();
  CallSite site = findCallSite(reinterpret_cast<const void*>(returnAddressOf(frame_)));
  uintptr_t caller = wordAtAddress(frame_);
  if (!plausible(caller, frame_, bound)) {
    // Past the last anchor the chain simply ends; below one, look for a frame of generated code among the words.
    if (!anchor_) {
      frame_ = 0;
      return false;
    }
    uintptr_t scan = frame_ + 2 * sizeof(void*);
    while (scan < bound && !(plausible(wordAtAddress(scan), scan, bound) &&
                             findCallSite(reinterpret_cast<const void*>(returnAddressOf(scan))).code))
      scan += 2 * sizeof(void*);
    frame_ = scan < bound ? scan : bound;
    return false;
  }
  frame_ = caller;
  if (!site.code) return false;
  code_ = site.code;
  site_ = site.site;
  address_ = reinterpret_cast<const void*>(caller);
  // The function is known where an anchor's frame made the call.
  if (anchor_ && wordAtAddress(caller) == reinterpret_cast<uintptr_t>(anchor_->frame)) function_ = anchor_->function;
  return true;
}

FrameObject* currentFrame(int64_t depth) {
  FrameCursor cursor;
  for (; cursor && depth > 0; --depth) cursor.next();
  if (!cursor) return nullptr;
  return newFrame(cursor.code(), cursor.function(), cursor.site(), cursor.address());
}

void refreshFrame(FrameObject* frame) {
  if (!frame->alive) return;
  for (FrameCursor cursor; cursor; cursor.next()) {
    if (cursor.address() != frame->address || cursor.code() != frame->code) continue;
    frame->site = cursor.site();
    return;
  }
  if (frame->generator) return; // suspended: its site is kept by the generator
  frame->alive = false;
  frame->address = nullptr;
}

int32_t frameLine(FrameObject* frame) {
  refreshFrame(frame);
  return frame->line ? frame->line : lineOfSite(frame->code, frame->site);
}

} // namespace krait
